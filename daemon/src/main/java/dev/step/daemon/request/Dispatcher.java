package dev.step.daemon.request;

import com.google.gson.JsonObject;
import dev.step.daemon.auth.Authenticator;
import dev.step.daemon.auth.Caller;
import dev.step.daemon.disk.DiskFullException;
import dev.step.daemon.store.Store;
import dev.step.protocol.Operation;
import dev.step.protocol.ProtocolException;
import dev.step.protocol.RefusedException;
import dev.step.protocol.ResourceType;
import dev.step.protocol.Status;
import dev.step.protocol.message.Answer;
import dev.step.protocol.message.Bye;
import dev.step.protocol.message.DeleteData;
import dev.step.protocol.message.DeleteFile;
import dev.step.protocol.message.DownloadBlock;
import dev.step.protocol.message.Envelope;
import dev.step.protocol.message.FileStatus;
import dev.step.protocol.message.GetData;
import dev.step.protocol.message.GetFile;
import dev.step.protocol.message.ListData;
import dev.step.protocol.message.ListFiles;
import dev.step.protocol.message.ListUploads;
import dev.step.protocol.message.Login;
import dev.step.protocol.message.MoveFile;
import dev.step.protocol.message.Request;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.SaveData;
import dev.step.protocol.message.SaveFile;
import dev.step.protocol.message.SessionStatus;
import dev.step.protocol.message.UploadBlock;
import dev.step.protocol.message.UploadWhole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests: checks them in the protocol's order, finds out who asks, and hands them to the handler of their
 * kind. Safe for any number of threads.
 */
public final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final ByteBuffer NO_BLOCK = ByteBuffer.allocate(0);

    private final Authenticator authenticator;
    private final LoginHandler logins;
    private final UploadHandler uploads;
    private final Map<Class<?>, Handler<?>> handlers = new HashMap<>();

    /** Answers from this store to whom the authenticator knows. */
    public Dispatcher(Store store, Authenticator authenticator) {
        this.authenticator = authenticator;
        this.logins = new LoginHandler(authenticator);
        BlockBuffers buffers = new BlockBuffers();
        this.uploads = new UploadHandler(store, buffers);
        on(SaveFile.class, uploads::save);
        on(UploadBlock.class, uploads::upload);
        on(DeleteFile.class, uploads::delete);
        on(MoveFile.class, uploads::move);
        DownloadHandler downloads = new DownloadHandler(store, buffers);
        on(GetFile.class, downloads::get);
        on(ListFiles.class, downloads::list);
        on(DownloadBlock.class, downloads::download);
        StatusHandler status = new StatusHandler(store);
        on(FileStatus.class, status::file);
        on(ListUploads.class, status::uploads);
        on(SessionStatus.class, status::session);
        DataHandler data = new DataHandler(store);
        on(SaveData.class, data::save);
        on(GetData.class, data::get);
        on(ListData.class, data::list);
        on(DeleteData.class, data::delete);
    }

    private <R extends Request> void on(Class<R> kind, Handler<R> handler) {
        handlers.put(kind, handler);
    }

    /**
     * Answers one request.
     *
     * @throws ConnectionLostException when the client is gone
     */
    public void serve(JsonObject fields, Client client) throws IOException {
        Envelope envelope;
        try {
            envelope = Envelope.read(fields);
        } catch (RefusedException refusal) {
            refuse("ERROR", "ERROR", refusal, false, client);
            return;
        }
        if (envelope.operation() == Operation.LOGIN || envelope.operation() == Operation.BYE) {
            serveSession(envelope, client);
        } else {
            serveCaller(envelope, client);
        }
    }

    /** Refuses a request with 403, whatever it asks for. */
    public void refuse(JsonObject fields, String words, Client client) throws IOException {
        RefusedException refusal = new RefusedException(Status.UNAUTHORIZED, words);
        try {
            Envelope envelope = Envelope.read(fields);
            refuse(envelope.operation().name(), ResourceType.AUTH.name(), refusal, false, client);
        } catch (RefusedException malformed) {
            refuse("ERROR", ResourceType.AUTH.name(), refusal, false, client);
        }
    }

    private void serveSession(Envelope envelope, Client client) throws IOException {
        boolean extended = false;
        try {
            client.skipBlock();
            Request request = Request.read(envelope);
            if (request instanceof Login login) {
                extended = login.features().isPresent();
                answer(request, logins.login(login, client), client);
            } else if (request instanceof Bye) {
                client.endAfterAnswer();
                answer(request, new Reply("Bye.", Answer.NOTHING), client);
            }
        } catch (RefusedException refusal) {
            refuse(envelope.operation(), envelope.type(), refusal, extended, client);
        }
    }

    private void serveCaller(Envelope envelope, Client client) throws IOException {
        Caller caller;
        boolean extended = false;
        try {
            caller = caller(envelope);
            extended = caller.extended();
            client.is(caller);
        } catch (RefusedException refusal) {
            refuse(envelope.operation(), envelope.type(), refusal, extended, client);
            return;
        }
        attempt(envelope.operation(), envelope.type(), caller, client, () -> serve(envelope, caller, client));
    }

    private void serve(Envelope envelope, Caller caller, Client client) throws IOException, RefusedException {
        Request request = Request.read(envelope);
        if (request instanceof UploadWhole whole) { // many of which may come at once, and are answered together
            uploads.whole(whole, caller, client);
            return;
        }
        if (!(request instanceof SaveFile)) {
            client.flush(); // this one may take its time
        }
        if (!(request instanceof UploadBlock)) {
            client.skipBlock();
        }
        answer(request, handlerOf(request).handle(request, caller, client), client);
    }

    /**
     * Answers the whole files that were sent so far.
     *
     * @throws ConnectionLostException when the client is gone
     */
    public void settle(Client client) throws IOException {
        for (WholeUploads.Answered one : client.wholeUploads().publish()) {
            UploadWhole request = one.request();
            attempt(
                    request.operation(),
                    request.type(),
                    one.caller(),
                    client,
                    () -> answer(request, UploadHandler.published(request, one.outcome()), client));
        }
    }

    /** Does what is asked for, or says why it was not done. */
    private static void attempt(Operation operation, ResourceType type, Caller caller, Client client, Work work)
            throws IOException {
        try {
            work.run();
        } catch (RefusedException refusal) {
            refuse(operation, type, refusal, caller.extended(), client);
        } catch (ConnectionLostException | ProtocolException e) {
            throw e;
        } catch (DiskFullException e) {
            LOG.error("{} {} failed: {}", type, operation, e.getMessage());
            refuse(operation, type, diskFull(), caller.extended(), client);
        } catch (IOException e) {
            LOG.error("{} {} failed", type, operation, e);
            refuse(operation, type, serverFailed(e), caller.extended(), client);
        }
    }

    /** What a request asks for. */
    private interface Work {
        void run() throws IOException, RefusedException;
    }

    private Caller caller(Envelope envelope) throws RefusedException {
        String authType = ResourceType.AUTH.name();
        String token = envelope.token()
                .orElseThrow(() -> new RefusedException(Status.UNAUTHORIZED, "No token.").answeredAs(null, authType));
        try {
            return authenticator.caller(token);
        } catch (RefusedException refusal) {
            throw refusal.answeredAs(null, authType);
        }
    }

    @SuppressWarnings("unchecked") // on() is the only one to fill the table, and it pairs the types
    private <R extends Request> Handler<R> handlerOf(R request) {
        Handler<?> handler = handlers.get(request.getClass());
        if (handler == null) {
            throw new IllegalStateException("no handler for " + request.getClass());
        }
        return (Handler<R>) handler;
    }

    private static void answer(Request request, Reply reply, Client client) throws IOException {
        try (reply) {
            JsonObject response = Response.granted(request, reply.message(), reply.answer());
            if (request instanceof SaveFile || request instanceof UploadWhole) { // of which many may come at once
                client.sendSoon(response);
            } else {
                client.send(response, reply.block());
            }
        }
    }

    private static void refuse(
            Operation operation, ResourceType type, RefusedException refusal, boolean extended, Client client)
            throws IOException {
        refuse(operation.name(), type.name(), refusal, extended, client);
    }

    private static void refuse(String operation, String type, RefusedException refusal, boolean extended, Client client)
            throws IOException {
        client.skipBlock();
        client.send(Response.refused(operation, type, refusal, extended), NO_BLOCK);
    }

    private static RefusedException diskFull() {
        return new RefusedException(
                        Status.TOO_LARGE,
                        "The server's disk is full. Nothing is lost; please try again when there is room.")
                .with("available", 0);
    }

    private static RefusedException serverFailed(IOException failure) {
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return new RefusedException(
                Status.SERVER_FAILED, "The server failed: " + reason + ". Nothing is lost; please try again.");
    }
}
