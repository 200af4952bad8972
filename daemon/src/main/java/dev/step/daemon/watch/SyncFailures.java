package dev.step.daemon.watch;

import dev.step.daemon.store.disk.SyncKind;
import dev.step.daemon.store.disk.SyncObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last sync that has failed. The next one that works says nothing about what this one lost, so it takes a while
 * until the disk is trusted again: long enough for whoever looks every half minute to see it.
 */
public final class SyncFailures implements SyncObserver {
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final InstantSource clock;
    private volatile @Nullable Failure last;

    /**
     * A sync that has failed.
     *
     * @param reason as the system says it
     */
    record Failure(Instant at, String reason) {}

    public SyncFailures(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void synced(SyncKind kind, long nanos) {
        // a disk that works again is only believed after a while
    }

    @Override
    public void failed(SyncKind kind, IOException failure) {
        last = new Failure(clock.instant(), String.valueOf(failure.getMessage()));
    }

    /** The last failure, if it is not long ago. */
    Optional<Failure> recent(Instant now) {
        Failure failure = last;
        return failure == null || failure.at().plus(REMEMBERED).isBefore(now) ? Optional.empty() : Optional.of(failure);
    }
}
