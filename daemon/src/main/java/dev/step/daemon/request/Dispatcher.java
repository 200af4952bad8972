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
import dev.step.protocol.message.SaveData;
import dev.step.protocol.message.SaveFile;
import dev.step.protocol.message.SessionStatus;
import dev.step.protocol.message.UploadBlock;
import dev.step.protocol.message.UploadWhole;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests: checks them in the protocol's order, finds out who asks, and hands them to the handler of their
 * kind. Safe for any number of threads.
 */
public final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Authenticator authenticator;
    private final RequestObserver observer;
    private final LoginHandler logins;
    private final UploadHandler uploads;
    private final Map<Class<?>, Handler<?>> handlers = new HashMap<>();

    /** Answers from this store to whom the authenticator knows. */
    public Dispatcher(Store store, Authenticator authenticator, RequestObserver observer) {
        this.authenticator = authenticator;
        this.observer = observer;
        this.logins = new LoginHandler(authenticator);
        BlockBuffers buffers = new BlockBuffers();
        this.uploads = new UploadHandler(store, buffers);
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
        Exchange exchange = new Exchange(client, observer);
        Optional<RefusedException> refusal = attempt(exchange, () -> serve(Envelope.read(fields), exchange));
        if (refusal.isPresent()) {
            exchange.refuse(refusal.get());
        }
    }

    private void serve(Envelope envelope, Exchange exchange) throws IOException, RefusedException {
        exchange.is(envelope);
        if (envelope.operation() == Operation.LOGIN || envelope.operation() == Operation.BYE) {
            serveSession(envelope, exchange);
        } else {
            serveCaller(envelope, exchange);
        }
    }

    /** Refuses a request with 403, whatever it asks for. */
    public void refuse(JsonObject fields, String words, Client client) throws IOException {
        Exchange exchange = new Exchange(client, observer);
        RefusedException refusal =
                new RefusedException(Status.UNAUTHORIZED, words).answeredAs(null, ResourceType.AUTH.name());
        try {
            exchange.is(Envelope.read(fields));
        } catch (RefusedException malformed) {
            LOG.debug("It is not even a request: {}", malformed.getMessage());
        }
        exchange.refuse(refusal);
    }

    /** Refuses what is no JSON object. */
    public void refuseMalformed(RefusedException refusal, Client client) throws IOException {
        new Exchange(client, observer).refuse(refusal);
    }

    /**
     * Refuses what breaks the protocol, so that the rest of it cannot be read.
     *
     * @param extended whether the client knows the extensions' statuses
     */
    public void refuseBroken(RefusedException refusal, boolean extended, Client client) throws IOException {
        client.flush();
        Exchange exchange = new Exchange(client, observer);
        exchange.isExtended(extended);
        exchange.refuseUnread(refusal);
    }

    private void serveSession(Envelope envelope, Exchange exchange) throws IOException, RefusedException {
        Client client = exchange.client();
        client.skipBlock();
        client.flush();
        Request request = Request.read(envelope);
        exchange.asks(request);
        if (request instanceof Login login) {
            exchange.grant(request, logins.login(login, client));
        } else if (request instanceof Bye) {
            client.endAfterAnswer();
            exchange.grant(request, new Reply("Bye.", Answer.NOTHING));
        }
    }

    private void serveCaller(Envelope envelope, Exchange exchange) throws IOException, RefusedException {
        Client client = exchange.client();
        Caller caller = caller(envelope, client);
        exchange.by(caller);
        client.is(caller);
        Request request = Request.read(envelope);
        exchange.asks(request);
        if (client.unanswered().mustSettleBefore(request)) {
            client.flush();
        }
        if (request instanceof UploadBlock block) {
            serveBlock(block, caller, exchange);
        } else if (request instanceof UploadWhole whole) {
            serveWhole(whole, caller, exchange);
        } else if (request instanceof SaveFile save) {
            servePlan(save, caller, exchange);
        } else {
            client.flush(); // this one may take its time
            client.skipBlock();
            exchange.grant(request, handlerOf(request).handle(request, caller, client));
        }
    }

    private void serveBlock(UploadBlock block, Caller caller, Exchange exchange) throws IOException, RefusedException {
        Client client = exchange.client();
        client.sendWaiting();
        PendingReply reply = uploads.block(block, caller, client);
        if (client.unanswered().isEmpty() && reply.isKnown()) {
            exchange.grant(block, reply.get());
        } else {
            client.unanswered().add(new UnansweredUploads.Unanswered(exchange, block, reply));
            settleKnown(client);
        }
    }

    private void serveWhole(UploadWhole whole, Caller caller, Exchange exchange) throws IOException, RefusedException {
        Client client = exchange.client();
        UnansweredUploads unanswered = client.unanswered();
        if (unanswered.mustSettleBeforeFileOf(caller.user())) {
            client.flush();
        }
        WholeBatch batch = unanswered.batch(caller.user(), () -> uploads.newBatch(caller));
        PendingReply reply = uploads.whole(whole, caller, client, batch);
        unanswered.add(new UnansweredUploads.Unanswered(exchange, whole, reply));
    }

    private void servePlan(SaveFile save, Caller caller, Exchange exchange) throws IOException, RefusedException {
        Client client = exchange.client();
        client.skipBlock();
        Reply reply = uploads.save(save, caller, client);
        if (client.unanswered().isEmpty()) {
            exchange.grantSoon(save, reply);
        } else {
            client.unanswered().add(new UnansweredUploads.Unanswered(exchange, save, PendingReply.of(reply)));
        }
    }

    /** Answers those of the uploads for which nobody has to wait. */
    private static void settleKnown(Client client) throws IOException {
        UnansweredUploads unanswered = client.unanswered();
        while (unanswered.isNextKnown()) {
            settle(unanswered.poll().orElseThrow());
        }
        client.sendWaiting();
    }

    /**
     * Answers the uploads that were sent so far, and waits until what has become of them is known.
     *
     * @throws ConnectionLostException when the client is gone
     */
    public static void settle(Client client) throws IOException {
        Optional<UnansweredUploads.Unanswered> next = client.unanswered().poll();
        while (next.isPresent()) {
            settle(next.get());
            next = client.unanswered().poll();
        }
    }

    private static void settle(UnansweredUploads.Unanswered one) throws IOException {
        Exchange exchange = one.exchange();
        Optional<RefusedException> refusal = attempt(
                exchange, () -> exchange.grantSoon(one.request(), one.reply().get()));
        if (refusal.isPresent()) {
            exchange.refuseUnread(refusal.get()); // what is left to read belongs to a later request
        }
    }

    /** Does what is asked for; what to refuse it with when that is not possible. */
    private static Optional<RefusedException> attempt(Exchange exchange, Work work) throws IOException {
        try {
            work.run();
            return Optional.empty();
        } catch (RefusedException refusal) {
            return Optional.of(refusal);
        } catch (ConnectionLostException | ProtocolException e) {
            throw e;
        } catch (DiskFullException e) {
            LOG.error("{} failed: {}", exchange, e.getMessage());
            return Optional.of(diskFull());
        } catch (IOException e) {
            LOG.error("{} failed", exchange, e);
            return Optional.of(serverFailed(e));
        }
    }

    /** What a request asks for. */
    private interface Work {
        void run() throws IOException, RefusedException;
    }

    private Caller caller(Envelope envelope, Client client) throws RefusedException {
        String authType = ResourceType.AUTH.name();
        String token = envelope.token()
                .orElseThrow(() -> new RefusedException(Status.UNAUTHORIZED, "No token.").answeredAs(null, authType));
        try {
            return authenticator.caller(token, client.shownToken());
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
