package dev.step.shell.client;

import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Feature;
import dev.step.protocol.HostAndPort;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.message.LoggedIn;
import dev.step.protocol.message.LoggedIn.ServerInfo;
import dev.step.protocol.message.Request;
import dev.step.protocol.message.Response;
import java.io.Closeable;
import java.time.Duration;
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
    private final AccountSource source;
    private final Dialer dialer;
    private final Dialing dialing;
    private final Consumer<String> notices;
    private final Buffers buffers = new Buffers();
    private final Exchanges exchanges = new Exchanges(this);
    private volatile @Nullable Connection connection;
    private volatile boolean cancelled;
    private final List<Session> others = new CopyOnWriteArrayList<>();
    private volatile DigestPreference digestPreference = DigestPreference.AUTO;
    private boolean reconnectsQuietly;
    private boolean lost;
    private volatile Introduction introduction;
    private volatile Optional<LoggedIn> login = Optional.empty();

    private Session(AccountSource source, Introduction introduction, Dialer dialer, Consumer<String> notices) {
        this.source = source;
        this.introduction = introduction;
        this.dialer = dialer;
        this.dialing = new Dialing(dialer);
        this.notices = notices;
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
        Session session = new Session(source, Introduction.of(source.account()), dialer, notices);
        began.accept(session);
        session.logIn();
        return session;
    }

    public HostAndPort address() {
        return introduction.account().address();
    }

    public String user() {
        return introduction.account().user();
    }

    /** What the server said about itself; empty when it is an old one, that knows the core of the protocol only. */
    public Optional<ServerInfo> server() {
        return login.isPresent() ? login.get().server() : Optional.empty();
    }

    public boolean offers(Feature feature) {
        Optional<ServerInfo> server = server();
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
        return another(introduction);
    }

    /** The same without any extension: what the server does for old clients. */
    public Session anotherOfCore() throws ClientException {
        return another(introduction.ofCore());
    }

    private Session another(Introduction its) throws ClientException {
        Session session = unconnected(its);
        session.logIn();
        return session;
    }

    /** The same, that is not connected yet, and is to {@link #join} this one. */
    Session unconnected() {
        Session session = unconnected(introduction);
        session.login = login;
        return session;
    }

    private Session unconnected(Introduction its) {
        Session session = new Session(its::account, its, dialer, notices);
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

    /** See {@link Exchanges#exchange(Request)}. */
    Response exchange(Request request) throws ClientException {
        return exchanges.exchange(request);
    }

    /** How requests and their answers are exchanged. */
    Exchanges exchanges() {
        return exchanges;
    }

    /** The connection in use, if there is one. */
    Optional<Connection> current() {
        return Optional.ofNullable(connection);
    }

    /** A connection that is logged in and was alive a moment ago. */
    Connection connection() throws ClientException {
        checkCancelled();
        Connection current = connection;
        if (current != null && !current.isGone()) {
            return current;
        }
        lost |= current != null;
        introduction = introduction.with(source.account());
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

    /** How long the line takes, as far as this session's connections have shown. */
    LineDelay lineDelay() {
        return dialing.delay();
    }

    /** The connection is closed already, and nobody here has wanted that. */
    void lose() {
        connection = null;
        lost = true;
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

    /** Logs in anew. A server that is too busy for that, or just leaving, is asked again for a while. */
    Connection logIn() throws ClientException {
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

    private Connection logInNow() throws ClientException {
        return connect(introduction::byPassword);
    }

    /**
     * Connects, without waiting for a server that is busy, with the login of the session that this one was made by: where the
     * server can be asked whether it takes that on another connection.
     */
    void join() throws ClientException {
        if (login.isPresent() && offers(Feature.STATUS)) {
            LoggedIn earlier = login.get();
            connect(fresh -> introduction.byToken(fresh, earlier));
        } else {
            logInNow();
        }
    }

    /** How a connection that has just been made becomes one of the user's. */
    private interface FirstWords {
        LoggedIn on(Connection fresh) throws ConnectionLostException, ClientException;
    }

    private Connection connect(FirstWords words) throws ClientException {
        drop();
        Connection fresh = dialing.dial(address());
        connection = fresh;
        try {
            checkCancelled(); // after it can be closed by whoever cancels: one of both sees the other
            login = Optional.of(words.on(fresh));
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

    /** Leaves without a word: old servers give no answer to BYE, and some keep the connection. */
    @Override
    public void close() {
        drop();
    }
}
