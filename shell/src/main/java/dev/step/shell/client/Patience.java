package dev.step.shell.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * How a transfer copes with a connection that is lost: it tries again after a pause that grows, and gives up only after
 * several tries in a row have brought it nowhere. A server that is started anew is back within that time.
 */
final class Patience {
    private static final List<Duration> PAUSES = List.of(
            Duration.ZERO,
            Duration.ofMillis(200),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));
    private static final long SLICE_NANOS = Duration.ofMillis(50).toNanos();

    private final Session session;
    private int failures;

    Patience(Session session) {
        this.session = session;
    }

    /** Something was achieved. */
    void renew() {
        failures = 0;
    }

    /** Waits before the next try, or gives up with the reason given. */
    void failed(ClientException reason) throws ClientException {
        session.checkCancelled();
        if (reason.problem() != Problem.CANNOT_CONNECT || failures == PAUSES.size()) {
            throw reason;
        }
        long end = System.nanoTime() + PAUSES.get(failures).toNanos();
        failures++;
        while (System.nanoTime() - end < 0) {
            session.checkCancelled();
            LockSupport.parkNanos(this, SLICE_NANOS);
        }
    }
}
