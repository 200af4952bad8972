package dev.step.s3;

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
    private static final int THREADS = 16;

    private final ExecutorService workers;

    Together() {
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "bucket-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What has come of each, in their order; the first failure is thrown when all have ended. */
    <T> List<T> all(List<Callable<T>> work) throws IOException {
        List<T> results = new ArrayList<>();
        IOException failure = null;
        for (Future<T> one : work.stream().map(workers::submit).toList()) {
            try {
                results.add(await(one));
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    /** No thread is ever interrupted: that would close the channels it uses. */
    private static <T> T await(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
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
