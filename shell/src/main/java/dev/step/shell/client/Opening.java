package dev.step.shell.client;

import org.jspecify.annotations.Nullable;

/** One more connection of a session's user, which a thread of its own opens. */
final class Opening {
    private final Session session;
    private final Thread thread = new Thread(this::open, "opening");
    private @Nullable ClientException failure;

    private Opening(Session session) {
        this.session = session;
    }

    /** Begins to open one. */
    static Opening of(Session session) {
        Opening opening = new Opening(session.unconnected());
        opening.thread.setDaemon(true);
        opening.thread.start();
        return opening;
    }

    private void open() {
        try {
            session.join();
        } catch (ClientException e) {
            failure = e;
        }
    }

    /** What will be connected; only {@link Session#cancel} may be called before {@link #await} has returned. */
    Session session() {
        return session;
    }

    /**
     * Waits until it is open.
     *
     * @throws ClientException when the server does not take it
     */
    void await() throws ClientException {
        Queues.join(thread);
        if (failure != null) {
            throw failure;
        }
    }

    /** Nobody wants it. */
    void giveUp() {
        session.cancel();
        Queues.join(thread);
        session.close();
    }
}
