package dev.step.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What a process has written so far. */
final class Collector {
    private static final long WRITES_WITHIN_SECONDS = 60;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final StringBuilder text = new StringBuilder();
    private boolean ended;

    private Collector() {}

    static Collector of(InputStream stream) {
        Collector collector = new Collector();
        Thread thread = new Thread(() -> collector.collect(stream), "collector");
        thread.setDaemon(true);
        thread.start();
        return collector;
    }

    private void collect(InputStream stream) {
        char[] buffer = new char[8192];
        try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                append(buffer, n);
            }
        } catch (IOException e) {
            append(new char[0], 0); // a terminal that hangs up: its end
        } finally {
            end();
        }
    }

    private void append(char[] buffer, int length) {
        lock.lock();
        try {
            text.append(buffer, 0, length);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Everything up to the end, which is waited for. */
    String all() throws InterruptedException {
        return await("the end", all -> false, 0);
    }

    /** How much there is now: where to look from for what comes next. */
    int mark() {
        lock.lock();
        try {
            return text.length();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until this stands behind the mark. */
    String awaitAfter(int mark, String wanted) throws InterruptedException {
        return await(wanted, part -> part.contains(wanted), mark);
    }

    private String await(String what, Predicate<String> condition, int mark) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(WRITES_WITHIN_SECONDS);
        lock.lock();
        try {
            while (!ended && !condition.test(text.substring(mark))) {
                if (left <= 0) {
                    throw new AssertionError("waited in vain for " + what + " in: " + text.substring(mark));
                }
                left = changed.awaitNanos(left);
            }
            return text.substring(mark);
        } finally {
            lock.unlock();
        }
    }
}
