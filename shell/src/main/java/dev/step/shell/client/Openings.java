package dev.step.shell.client;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The further connections of a session. Some can be begun ahead, while the server is asked what there will be to do on them:
 * over a long line both take as long as one. For several threads.
 */
final class Openings {
    private final Session session;
    private final Deque<Opening> ahead = new ArrayDeque<>();

    Openings(Session session) {
        this.session = session;
    }

    /** The session itself. */
    Session session() {
        return session;
    }

    /** Begins as many as are missing to so many that nobody has taken. */
    synchronized void begin(int count) {
        while (ahead.size() < count) {
            ahead.add(Opening.of(session));
        }
    }

    /** How many were begun that nobody has taken. */
    synchronized int begun() {
        return ahead.size();
    }

    /** One that was begun, or is begun now. */
    synchronized Opening take() {
        return ahead.isEmpty() ? Opening.of(session) : ahead.remove();
    }

    /** Closes those that nobody has taken. */
    synchronized void giveUp() {
        ahead.forEach(Opening::giveUp);
        ahead.clear();
    }
}
