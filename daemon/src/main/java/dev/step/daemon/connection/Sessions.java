package dev.step.daemon.connection;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The sessions that are under way. Safe for any number of threads. */
final class Sessions {
    private final Set<Session> running = ConcurrentHashMap.newKeySet();
    private final ThreadFactory threads = ConnectionThreads.factory();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noneLeft = lock.newCondition();

    /** Serves a client on a thread of its own. */
    void start(Session session) {
        Thread thread = threads.newThread(() -> {
            try {
                session.run();
            } finally {
                remove(session);
            }
        });
        running.add(session);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            remove(session);
            throw e;
        }
    }

    /** Ends every session whose client is too late. */
    void checkDeadlines() {
        running.forEach(session -> session.deadline().check());
    }

    /** Ends all sessions: requests in flight have this long to be answered. */
    void endAll(long millis) throws InterruptedException {
        running.forEach(Session::end);
        if (!awaitNone(millis)) {
            running.forEach(Session::abort);
        }
    }

    private boolean awaitNone(long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (!running.isEmpty() && left > 0) {
                left = noneLeft.awaitNanos(left);
            }
            return running.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void remove(Session session) {
        running.remove(session);
        lock.lock();
        try {
            noneLeft.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
