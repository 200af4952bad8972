package dev.step.daemon.store.disk;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of a store: some that hash while blocks arrive, one that looks after the uploads, and one for the files. */
final class StoreThreads implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreThreads.class);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration CARE_PAUSE = Duration.ofSeconds(30);

    /** A disk with a journal shares one write of it among so many. */
    private static final int SYNCERS = 8;

    private final ThreadPoolExecutor hashers;
    private final ThreadPoolExecutor syncers;
    private final ScheduledExecutorService caretaker = Executors.newSingleThreadScheduledExecutor(named("upload-care"));
    private final ExecutorService scrubber = Executors.newSingleThreadExecutor(named("scrub"));

    StoreThreads() {
        int processors = Runtime.getRuntime().availableProcessors();
        this.hashers = pool("hasher", processors, new ThreadPoolExecutor.DiscardPolicy()); // who publishes hashes then
        this.syncers = pool("syncer", SYNCERS, new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** @param afterClosing what becomes of work that comes then */
    private static ThreadPoolExecutor pool(String name, int threads, RejectedExecutionHandler afterClosing) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                named(name),
                afterClosing);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Runs hashing, on as many threads as there are processors. */
    Executor hashers() {
        return hashers;
    }

    /** Runs syncs, several at the same time. */
    Executor syncers() {
        return syncers;
    }

    void start(UploadCare care) {
        caretaker.execute(guarded(care::verifyAll));
        Future<?> untilClosed = caretaker.scheduleWithFixedDelay(
                guarded(care::tidy), CARE_PAUSE.toMillis(), CARE_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        LOG.trace("looking after uploads: {}", untilClosed);
    }

    /** Has the files read again, until that ends by itself. */
    void start(Scrub scrub) {
        scrubber.execute(scrub);
    }

    /** A bug must not end what is to be done again and again. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("Looking after the uploads met a bug", e);
            }
        };
    }

    /** Waits for what is being done: it must not be interrupted, which would close files. */
    @Override
    public void close() {
        caretaker.shutdown();
        scrubber.shutdown();
        hashers.shutdown();
        syncers.shutdown();
        boolean ended = false;
        while (!ended) {
            try {
                ended = caretaker.awaitTermination(1, TimeUnit.MINUTES)
                        && scrubber.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
