package dev.step.daemon.request;

import com.google.gson.JsonObject;
import dev.step.daemon.auth.Caller;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.message.Envelope;
import dev.step.protocol.message.Login;
import dev.step.protocol.message.Request;
import dev.step.protocol.message.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to its answer: what is known of it so far, and the only place where answers are sent and counted.
 * For the connection's own thread.
 */
final class Exchange {
    private static final ByteBuffer NO_BLOCK = ByteBuffer.allocate(0);
    private static final String ERROR = "ERROR";

    private final Client client;
    private final RequestObserver observer;
    private final long startNanos = System.nanoTime();
    private RequestKind kind = RequestKind.OTHER;
    private String operation = ERROR;
    private String type = ERROR;
    private @Nullable Request request;
    private String user = "";
    private boolean extended;

    Exchange(Client client, RequestObserver observer) {
        this.client = client;
        this.observer = observer;
    }

    Client client() {
        return client;
    }

    /** What the request calls itself. */
    void is(Envelope envelope) {
        kind = RequestKind.of(envelope);
        operation = envelope.operation().name();
        type = envelope.type().name();
    }

    /** Who asks. */
    void by(Caller caller) {
        user = caller.user().text();
        extended = caller.extended();
    }

    /** What is asked for. */
    void asks(Request read) {
        request = read;
        if (read instanceof Login login) {
            user = login.username();
            extended = login.features().isPresent();
        }
    }

    /** The other end knows the extensions' statuses, or does not. */
    void isExtended(boolean known) {
        extended = known;
    }

    /** Answers a request that was carried out; what it has changed counts even if the client is gone. */
    void grant(Request granted, Reply reply) throws IOException {
        answer(granted, reply, response -> reply.payload().send(response, client));
    }

    /** The same for one of which many may come at once. */
    void grantSoon(Request granted, Reply reply) throws IOException {
        answer(granted, reply, client::sendSoon);
    }

    private void answer(Request granted, Reply reply, Sending sending) throws IOException {
        try (reply) {
            sending.send(Response.granted(granted, reply.message(), reply.answer()));
        } finally {
            tell(Status.OK, reply.change());
        }
    }

    /** How an answer leaves. */
    private interface Sending {
        void send(JsonObject response) throws IOException;
    }

    /** Refuses the request, when those before it are answered, and reads what is left of it. */
    void refuse(RefusedException refusal) throws IOException {
        client.skipBlock();
        client.flush();
        refuseUnread(refusal);
    }

    /** Refuses the request, of which nothing is left to read, or of which nobody knows where it ends. */
    void refuseUnread(RefusedException refusal) throws IOException {
        try {
            client.send(Response.refused(operation, type, refusal, extended), NO_BLOCK);
        } finally {
            tell(refusal.status(), Change.refused(kind, request, refusal.status()));
        }
    }

    private void tell(Status status, Optional<Change> change) {
        long nanos = System.nanoTime() - startNanos;
        observer.answered(kind, status, nanos);
        change.ifPresent(what -> observer.changed(new ChangeReport(kind, status, user, client.address(), what, nanos)));
    }

    @Override
    public String toString() {
        return type + " " + operation;
    }
}
