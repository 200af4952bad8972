package dev.step.daemon.watch;

import dev.step.daemon.store.StoreWatch;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server can do its work: whether its store can be written. It is tried out whenever somebody asks, so that the
 * answer is never an old one; who asks meanwhile shares the attempt, as a slow store is not to be tried by many at once. Nobody
 * waits long: who asks for all metrics is to get the others even so. Safe for any number of threads.
 */
public final class Readiness {
    /** Less than the 10 seconds that Prometheus gives by default. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final StoreWatch store;
    private final SyncFailures syncs;
    private final InstantSource clock;
    private final Duration patience;
    private @Nullable Attempt latest;

    public Readiness(StoreWatch store, SyncFailures syncs, InstantSource clock) {
        this(store, syncs, clock, PATIENCE);
    }

    /** @param patience after which a store that has not answered counts as one that cannot be written */
    Readiness(StoreWatch store, SyncFailures syncs, InstantSource clock, Duration patience) {
        this.store = store;
        this.syncs = syncs;
        this.clock = clock;
        this.patience = patience;
    }

    /** What keeps the server from its work, in one line for the admin; empty when nothing does. */
    public Optional<String> obstacle() {
        Attempt attempt = latest();
        long giveUp = attempt.startNanos() + patience.toNanos();
        try {
            return attempt.result().get(Math.max(0, giveUp - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Optional.of("the store cannot be written: it has not answered for " + patience.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the store was not tried, as the server is stopping");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private synchronized Attempt latest() {
        Attempt attempt = latest;
        if (attempt == null || attempt.result().isDone()) {
            attempt = new Attempt(CompletableFuture.supplyAsync(this::tryOut, Readiness::start), System.nanoTime());
            latest = attempt;
        }
        return attempt;
    }

    private static void start(Runnable attempt) {
        Thread thread = new Thread(attempt, "readiness");
        thread.setDaemon(true);
        thread.start();
    }

    private Optional<String> tryOut() {
        try {
            Optional<StoreWatch.Space> space = store.space().filter(StoreWatch.Space::isUsedUp);
            if (space.isPresent()) {
                return space.map(Readiness::usedUp);
            }
            store.tryWriting();
        } catch (IOException e) {
            return Optional.of("the store cannot be written: " + oneLine(e));
        }
        return syncs.recent(clock.instant()).map(Readiness::failed);
    }

    /** An attempt, and when it began. */
    private record Attempt(CompletableFuture<Optional<String>> result, long startNanos) {}

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
