package dev.step.daemon.connection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The sessions that are under way. Safe for any number of threads. */
final class Sessions implements Connections {
    private final ServerTraffic traffic = new ServerTraffic();
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

    /** Ends every session whose client is too late, and finds out how fast the others are. */
    void check() {
        long now = System.nanoTime();
        running.forEach(session -> {
            session.deadline().check();
            session.traffic().sample(now);
        });
    }

    @Override
    public int count() {
        return running.size();
    }

    @Override
    public List<ConnectionStatus> list() {
        return running.stream()
                .map(Session::status)
                .sorted(Comparator.comparing(ConnectionStatus::id))
                .toList();
    }

    @Override
    public List<ConnectionStatus> close(Predicate<ConnectionStatus> which) {
        List<ConnectionStatus> closed = new ArrayList<>();
        for (Session session : running) {
            ConnectionStatus status = session.status();
            if (which.test(status)) {
                session.abort();
                closed.add(status);
            }
        }
        return closed;
    }

    @Override
    public ServerTraffic traffic() {
        return traffic;
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
