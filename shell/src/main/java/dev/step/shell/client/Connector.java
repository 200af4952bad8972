package dev.step.shell.client;

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
    private @Nullable Target target;
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
        return current != null ? current : open(target());
    }

    /** The session, if there is one. */
    public Optional<Session> current() {
        return Optional.ofNullable(session);
    }

    /** The server and the user that are chosen. */
    public Target target() throws ClientException {
        Target known = target;
        if (known == null) {
            known = locator.locate();
            target = known;
        }
        return known;
    }

    /** Chooses another server, having looked whether it is there; the next command that needs a session logs in. */
    public void connect(Address address) throws ClientException {
        logOut();
        target = target().withAddress(address);
        dialer.dial(address).close();
    }

    /** Logs in as this user. */
    public Session logIn(String user) throws ClientException {
        logOut();
        Target wanted = target();
        return open(wanted.user().equals(user) ? wanted : wanted.withUser(user));
    }

    private Session open(Target wanted) throws ClientException {
        Optional<String> known = wanted.password();
        String password = known.isPresent() ? known.get() : passwords.passwordOf(wanted.user());
        Session fresh = Session.open(wanted.address(), new Credentials(wanted.user(), password), dialer, notices);
        target = wanted;
        session = fresh;
        return fresh;
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
