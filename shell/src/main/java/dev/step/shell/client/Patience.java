package dev.step.shell.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * How a transfer copes with a connection that is lost: it tries again after a pause that grows, and gives up when it has
 * not come any further for as long as the server may take for one answer. A server that is started anew is back within that
 * time.
 */
final class Patience {
    /** After the last one, the last one again. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ZERO,
            Duration.ofMillis(200),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));

    /** How long a server may be too busy for a login. */
    private static final Duration LOGIN_LIMIT = Duration.ofSeconds(10);

    private static final long SLICE_NANOS = Duration.ofMillis(50).toNanos();

    private final Session session;
    private final boolean outlivesTimeouts;
    private final Duration limit;
    private int failures;
    private long firstFailure;

    /**
     * Has not failed yet.
     *
     * @param outlivesTimeouts whether it helps to ask again on a new connection when there was no answer in time
     */
    Patience(Session session, boolean outlivesTimeouts) {
        this(session, outlivesTimeouts, session.answerLimit());
    }

    /** For a login: who types one does not want to wait as long as for an answer. */
    static Patience forLogin(Session session) {
        boolean isLonger = session.answerLimit().compareTo(LOGIN_LIMIT) > 0;
        return new Patience(session, false, isLonger ? LOGIN_LIMIT : session.answerLimit());
    }

    private Patience(Session session, boolean outlivesTimeouts, Duration limit) {
        this.session = session;
        this.outlivesTimeouts = outlivesTimeouts;
        this.limit = limit;
    }

    /** Something was achieved. */
    void renew() {
        failures = 0;
    }

    /** Waits before the next try, or gives up with the reason given. */
    void failed(ClientException reason) throws ClientException {
        session.checkCancelled();
        long now = System.nanoTime();
        if (failures == 0) {
            firstFailure = now;
        }
        if (!mayPass(reason.problem()) || now - firstFailure >= limit.toNanos()) {
            throw reason;
        }
        long end = now + PAUSES.get(Math.min(failures, PAUSES.size() - 1)).toNanos();
        failures++;
        while (System.nanoTime() - end < 0) {
            session.checkCancelled();
            LockSupport.parkNanos(this, SLICE_NANOS);
        }
    }

    private boolean mayPass(Problem problem) {
        return problem == Problem.CANNOT_CONNECT
                || problem == Problem.TRY_AGAIN
                || (problem == Problem.NO_ANSWER && outlivesTimeouts);
    }
}
