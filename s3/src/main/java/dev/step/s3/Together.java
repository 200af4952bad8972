package dev.step.s3;

import dev.step.protocol.RefusedException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Carries out requests that do not wait for each other, so many at a time. Safe for any number of threads. */
final class Together implements Closeable {
    private static final int THREADS = 64;

    private final ExecutorService workers;

    Together() {
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "bucket-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does something behind, which lets no exception out. */
    void behind(Runnable work) {
        workers.execute(work);
    }

    /** Begins something, which goes on behind. */
    <T> Future<T> begin(Callable<T> work) {
        return workers.submit(work);
    }

    /** What has come of each, in their order; the first failure is thrown when all have ended. */
    <T> List<T> all(List<Callable<T>> work) throws IOException {
        List<T> results = new ArrayList<>();
        IOException failure = null;
        for (Future<T> one : work.stream().map(workers::submit).toList()) {
            try {
                results.add(resultOf(one));
            } catch (IOException e) {
                failure = e;
            } catch (RefusedException e) {
                throw new IllegalStateException("refusals are results", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    /** What has come of something that was begun. No thread is ever interrupted: that would close the channels it uses. */
    static <T> T resultOf(Future<T> begun) throws IOException, RefusedException {
        try {
            return begun.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException refusal) {
                throw refusal;
            }
            if (e.getCause() instanceof IOException failure) {
                throw new IOException(failure.getMessage(), failure);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
