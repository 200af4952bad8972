package dev.step.shell.client;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Feature;
import dev.step.protocol.HostAndPort;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.message.LoggedIn;
import dev.step.protocol.message.LoggedIn.ServerInfo;
import dev.step.protocol.message.Login;
import dev.step.protocol.message.Request;
import dev.step.protocol.message.Response;
import java.io.Closeable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A user who is logged in to a server, for as long as the shell likes: a connection that was lost is replaced by a new
 * one, with a new login.
 *
 * <p>For one thread; only {@link #cancel} and {@link #close} may be called by others.
 */
public final class Session implements Closeable {
    private static final Optional<List<String>> ALL_FEATURES =
            Optional.of(Arrays.stream(Feature.values()).map(Feature::wireName).toList());

    private final AccountSource source;
    private final Dialer dialer;
    private final Dialing dialing;
    private final Consumer<String> notices;
    private final Optional<List<String>> features;
    private final Buffers buffers = new Buffers();
    private volatile @Nullable Connection connection;
    private volatile boolean cancelled;
    private final List<Session> others = new CopyOnWriteArrayList<>();
    private volatile DigestPreference digestPreference = DigestPreference.AUTO;
    private boolean reconnectsQuietly;
    private boolean lost;
    private Account account;
    private Optional<ServerInfo> server = Optional.empty();

    /** With no features it is one of an old client, as far as the server can tell. */
    private Session(
            AccountSource source,
            Account account,
            Dialer dialer,
            Consumer<String> notices,
            Optional<List<String>> features) {
        this.source = source;
        this.account = account;
        this.dialer = dialer;
        this.dialing = new Dialing(dialer);
        this.notices = notices;
        this.features = features;
    }

    /**
     * Connects and logs in.
     *
     * @param notices what the user should know though nothing failed, one line each
     */
    public static Session open(AccountSource source, Dialer dialer, Consumer<String> notices) throws ClientException {
        return open(source, dialer, notices, session -> {});
    }

    /**
     * The same for one that may be cancelled while it is opened.
     *
     * @param began is told about the session before it connects
     */
    static Session open(AccountSource source, Dialer dialer, Consumer<String> notices, Consumer<Session> began)
            throws ClientException {
        Session session = new Session(source, source.account(), dialer, notices, ALL_FEATURES);
        began.accept(session);
        session.logIn();
        return session;
    }

    public HostAndPort address() {
        return account.address();
    }

    public String user() {
        return account.user();
    }

    /** What the server said about itself; empty when it is an old one, that knows the core of the protocol only. */
    public Optional<ServerInfo> server() {
        return server;
    }

    public boolean offers(Feature feature) {
        return server.isPresent() && server.get().features().contains(feature.wireName());
    }

    /** From now on contents are compared so, as far as the server can. */
    public void compareBy(DigestPreference preference) {
        digestPreference = preference;
    }

    /** What contents are compared by. */
    public DigestAlgorithm digest() {
        return digestPreference.at(this);
    }

    /** Another session of the same user at the same server, which is cancelled with this one. */
    public Session another() throws ClientException {
        return another(features);
    }

    /** The same without any extension: what the server does for old clients. */
    public Session anotherOfCore() throws ClientException {
        return another(Optional.empty());
    }

    private Session another(Optional<List<String>> itsFeatures) throws ClientException {
        Session session = unconnected(itsFeatures);
        session.logIn();
        return session;
    }

    /** The same, that is not connected yet. */
    Session unconnected() {
        return unconnected(features);
    }

    private Session unconnected(Optional<List<String>> itsFeatures) {
        Account same = account;
        Session session = new Session(() -> same, same, dialer, notices, itsFeatures);
        session.reconnectsQuietly = true;
        session.digestPreference = digestPreference;
        others.add(session);
        if (cancelled) {
            session.cancel();
        }
        return session;
    }

    /** Ends what is going on, from another thread: it fails with {@link Problem#CANCELLED}. */
    public void cancel() {
        cancelled = true;
        others.forEach(Session::cancel);
        dialing.cancel();
        Connection current = connection;
        if (current != null) {
            current.close();
        }
    }

    /** Forgets that there was a {@link #cancel}. */
    public void resume() {
        cancelled = false;
        others.clear();
        dialing.resume();
    }

    /** To be called now and then by what takes long without asking the server. */
    public void checkCancelled() throws ClientException {
        if (cancelled) {
            throw ClientException.cancelled();
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** What transfers put blocks into: one transfer at a time. */
    Buffers buffers() {
        return buffers;
    }

    /** How long an answer may take. */
    Duration answerLimit() {
        return dialer.answerLimit();
    }

    /** Tells the user in one line about what did not fail. */
    void tell(String notice) {
        notices.accept(notice);
    }

    /** Sends a request and reads its answer, which must be a success. */
    <A> A ask(Request request, AnswerReader<A> reader) throws ClientException {
        return read(exchange(request), reader);
    }

    /** The same for a request about one key, which the message of a refusal names. */
    <A> A ask(Key key, Request request, AnswerReader<A> reader) throws ClientException {
        Response response = exchange(request);
        if (response.code() == Status.NOT_FOUND.code()) {
            throw new ClientException(Problem.NOT_FOUND, "key " + key + " is not on the server");
        }
        return read(response, reader);
    }

    /** Reads an answer, which must be a success. */
    static <A> A read(Response response, AnswerReader<A> reader) throws ClientException {
        if (!response.isOk()) {
            throw ClientException.refused(response);
        }
        try {
            return reader.read(response.fields());
        } catch (RefusedException e) {
            throw ClientException.badAnswer(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Sends a request and waits for its answer, whatever it is. When the connection is lost meanwhile, a request that may
     * be repeated is, once, on a new connection. A token that has expired is replaced.
     */
    Response exchange(Request request) throws ClientException {
        Response response = exchangeOnLiveConnection(request);
        if (response.code() == Status.UNAUTHORIZED.code()) {
            logIn();
            response = exchangeOnLiveConnection(request);
        }
        return response;
    }

    /** The same for a request that takes the server so much longer than others. */
    Response exchange(Request request, Duration longer) throws ClientException {
        try {
            connection().allow(longer);
            return exchange(request);
        } finally {
            Connection current = connection;
            if (current != null) {
                current.allow(Duration.ZERO);
            }
        }
    }

    /** The same for a request that may be repeated: a server that is gone for a moment is waited for. */
    Response exchangePatiently(Request request) throws ClientException {
        Patience patience = new Patience(this, false);
        while (true) {
            try {
                return exchange(request);
            } catch (ClientException e) {
                patience.failed(e);
            }
        }
    }

    private Response exchangeOnLiveConnection(Request request) throws ClientException {
        try {
            return exchangeOn(connection(), request);
        } catch (ConnectionLostException e) {
            checkCancelled();
            if (e.isTimeout() || !request.isRepeatable()) {
                throw ClientException.lost(e);
            }
        }
        try {
            return exchangeOn(connection(), request);
        } catch (ConnectionLostException e) {
            checkCancelled();
            throw ClientException.lost(e);
        }
    }

    private Response exchangeOn(Connection current, Request request) throws ConnectionLostException, ClientException {
        try {
            current.send(request);
            return current.receive();
        } catch (ConnectionLostException e) {
            connection = null;
            lost = true;
            throw e;
        }
    }

    /** A connection that is logged in and was alive a moment ago. */
    Connection connection() throws ClientException {
        checkCancelled();
        Connection current = connection;
        if (current != null && !current.isGone()) {
            return current;
        }
        lost |= current != null;
        account = source.account();
        Connection fresh = logIn();
        if (!reconnectsQuietly && lost) {
            notices.accept("reconnected to " + address());
        }
        lost = false;
        return fresh;
    }

    /** The same; or the one in use, as long as there are answers to come on it. */
    Connection connectionInUse(boolean answersToCome) throws ClientException {
        Connection current = connection;
        if (!answersToCome || current == null) {
            return connection();
        }
        checkCancelled();
        return current;
    }

    /** The least time that an answer has taken: what the line takes, more or less. Zero before the first. */
    Duration quickestAnswer() {
        return dialing.delay().least();
    }

    /** Closes a connection whose answers are of no use any more. */
    void drop() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            lost |= !current.isOpen();
            current.close();
        }
    }

    /** A server that is too busy for a login, or just leaving, is asked again for a while. */
    private Connection logIn() throws ClientException {
        Patience patience = Patience.forLogin(this);
        boolean waits = false;
        while (true) {
            try {
                return logInNow();
            } catch (ClientException e) {
                if (e.problem() != Problem.TRY_AGAIN) {
                    throw e;
                }
                if (!waits && !reconnectsQuietly) {
                    notices.accept(e.getMessage() + " Waiting.");
                }
                waits = true;
                awaitBetterTimes(patience, e);
            }
        }
    }

    private static void awaitBetterTimes(Patience patience, ClientException busy) throws ClientException {
        try {
            patience.failed(busy);
        } catch (ClientException e) {
            throw e == busy ? new ClientException(Problem.CANNOT_CONNECT, String.valueOf(e.getMessage())) : e;
        }
    }

    /** Connects and logs in, and does not wait for a server that is busy. */
    Connection logInNow() throws ClientException {
        drop();
        Connection fresh = dialing.dial(address());
        connection = fresh;
        try {
            checkCancelled(); // after it can be closed by whoever cancels: one of both sees the other
            fresh.send(login());
            Response response = fresh.receive();
            if (!response.isOk()) {
                throw ClientException.loginRefused(account, response);
            }
            LoggedIn loggedIn = read(response, LoggedIn::read);
            fresh.authenticate(loggedIn.token());
            server = features.isPresent() ? loggedIn.server() : Optional.empty();
            return fresh;
        } catch (ConnectionLostException e) {
            connection = null;
            checkCancelled();
            throw ClientException.lost(e);
        } catch (ClientException e) {
            drop();
            throw e;
        }
    }

    private Login login() {
        return features.isPresent()
                ? Login.withPassword(account.user(), account.password(), features.get())
                : new Login(account.user(), Digest.md5Hex(account.password()), Optional.empty());
    }

    /** Leaves without a word: old servers give no answer to BYE, and some keep the connection. */
    @Override
    public void close() {
        drop();
    }
}
