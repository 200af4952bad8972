package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import java.io.Closeable;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shell's one session: opened when it is first needed, for the server and the user that were chosen last.
 *
 * <p>For one thread; only {@link #cancel} may be called by others.
 */
public final class Connector implements Closeable {
    private final ServerLocator locator;
    private final Dialer dialer;
    private final PasswordSource passwords;
    private final Consumer<String> notices;
    private final Dialing dialing;
    private Choice choice = Choice.NONE;
    private volatile @Nullable Session opening;
    private volatile @Nullable Session session;

    /**
     * Does not connect yet.
     *
     * @param notices what the user should know though nothing failed, one line each
     */
    public Connector(ServerLocator locator, Dialer dialer, PasswordSource passwords, Consumer<String> notices) {
        this.locator = locator;
        this.dialer = dialer;
        this.dialing = new Dialing(dialer);
        this.passwords = passwords;
        this.notices = notices;
    }

    /** The session, which is opened if there is none. */
    public Session session() throws ClientException {
        Session current = session;
        return current != null ? current : open(choice);
    }

    /** The session, if there is one. */
    public Optional<Session> current() {
        return Optional.ofNullable(session);
    }

    /** The server and the user that are chosen. */
    public Target target() throws ClientException {
        return choice.of(locator.locate());
    }

    /** Chooses another server, if it is there; the next command that needs a session logs in. */
    public void connect(HostAndPort address) throws ClientException {
        dialing.dial(address).close();
        logOut();
        choice = choice.withAddress(address);
    }

    /**
     * Logs in as this user.
     *
     * @param password where the password comes from; empty: from where it comes without a word about it
     */
    public Session logIn(String user, Optional<PasswordSource> password) throws ClientException {
        logOut();
        Choice wanted = choice.withUser(user);
        return open(password.isPresent() ? wanted.withPassword(password.get()) : wanted);
    }

    private Session open(Choice wanted) throws ClientException {
        try {
            Session fresh = Session.open(
                    new Accounts(locator, wanted, passwords), dialer, notices, session -> opening = session);
            choice = wanted;
            session = fresh;
            return fresh;
        } finally {
            opening = null;
        }
    }

    /** Ends the session; the server and the user stay chosen. */
    public void logOut() {
        Session current = session;
        session = null;
        if (current != null) {
            current.close();
        }
    }

    /** Ends what the session is doing, or that it is opened, from another thread. */
    public void cancel() {
        dialing.cancel();
        Optional.ofNullable(opening).ifPresent(Session::cancel);
        current().ifPresent(Session::cancel);
    }

    /** Forgets that there was a {@link #cancel}. */
    public void resume() {
        dialing.resume();
        current().ifPresent(Session::resume);
    }

    @Override
    public void close() {
        logOut();
        locator.close();
    }
}
