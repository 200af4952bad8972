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
    private Choice choice = Choice.NONE;
    private volatile @Nullable Session session;

    /**
     * Does not connect yet.
     *
     * @param notices what the user should know though nothing failed, one line each
     */
    public Connector(ServerLocator locator, Dialer dialer, PasswordSource passwords, Consumer<String> notices) {
        this.locator = locator;
        this.dialer = dialer;
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

    /** Chooses another server, having looked whether it is there; the next command that needs a session logs in. */
    public void connect(HostAndPort address) throws ClientException {
        logOut();
        choice = choice.withAddress(address);
        dialer.dial(address).close();
    }

    /** Logs in as this user. */
    public Session logIn(String user) throws ClientException {
        logOut();
        return open(choice.withUser(user));
    }

    private Session open(Choice wanted) throws ClientException {
        Target first = wanted.of(locator.locate());
        Optional<String> known = first.password();
        String password = known.isPresent() ? known.get() : passwords.passwordOf(first.user());
        Session fresh = Session.open(() -> account(wanted, password), dialer, notices);
        choice = wanted;
        session = fresh;
        return fresh;
    }

    private Account account(Choice wanted, String password) throws ClientException {
        Target now = wanted.of(locator.locate());
        return new Account(now.address(), now.user(), now.password().orElse(password));
    }

    /** Ends the session; the server and the user stay chosen. */
    public void logOut() {
        Session current = session;
        session = null;
        if (current != null) {
            current.close();
        }
    }

    /** Ends what the session is doing, from another thread. */
    public void cancel() {
        current().ifPresent(Session::cancel);
    }

    /** Forgets that there was a {@link #cancel}. */
    public void resume() {
        current().ifPresent(Session::resume);
    }

    @Override
    public void close() {
        logOut();
        locator.close();
    }
}
