package dev.step.daemon.watch;

import dev.step.daemon.store.StoreWatch;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether a server can do its work: whether its store can be written. It is tried out whenever somebody asks, so that the
 * answer is never an old one. Safe for any number of threads.
 */
public final class Readiness {
    private final ReentrantLock trying = new ReentrantLock();
    private final StoreWatch store;
    private final SyncFailures syncs;
    private final InstantSource clock;

    public Readiness(StoreWatch store, SyncFailures syncs, InstantSource clock) {
        this.store = store;
        this.syncs = syncs;
        this.clock = clock;
    }

    /** What keeps the server from its work, in one line for the admin; empty when nothing does. */
    public Optional<String> obstacle() {
        trying.lock(); // one after the other: a slow disk is not to be tried by many at once
        try {
            Optional<StoreWatch.Space> space = store.space().filter(StoreWatch.Space::isUsedUp);
            if (space.isPresent()) {
                return space.map(Readiness::usedUp);
            }
            store.tryWriting();
        } catch (IOException e) {
            return Optional.of("the store cannot be written: " + oneLine(e));
        } finally {
            trying.unlock();
        }
        return syncs.recent(clock.instant()).map(Readiness::failed);
    }

    private static String usedUp(StoreWatch.Space space) {
        return "the disk is nearly full: " + mebibytes(space.free()) + " MiB are free, and " + mebibytes(space.floor())
                + " MiB have to stay free (min-free)";
    }

    private static String failed(SyncFailures.Failure failure) {
        return "a sync of the store has failed at " + failure.at() + ": " + failure.reason()
                + "; ready again when none has failed for "
                + SyncFailures.REMEMBERED.toSeconds() + " s";
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    private static String oneLine(Exception failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\p{Cntrl}", "?");
    }
}
