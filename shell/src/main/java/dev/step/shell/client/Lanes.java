package dev.step.shell.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Several connections of one user that share one piece of work, for servers that take one request at a time on each. The
 * caller's thread works on the session it has; every further connection has a thread of its own.
 */
final class Lanes {
    static final int NOTHING_LEFT = -1;

    private final Pace pace;
    private final Meter meter;
    private final Work work;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong moved = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private int connections = 1;

    /** What is to be done, on whatever connection; it is asked for by several threads. */
    @FunctionalInterface
    interface Work {
        /**
         * Does the next step.
         *
         * @return how many bytes have moved, or {@link Lanes#NOTHING_LEFT}
         */
        int step(Session lane) throws IOException, ClientException;
    }

    Lanes(Pace pace, Meter meter, Work work) {
        this.pace = pace;
        this.meter = meter;
        this.work = work;
    }

    /** Works until nothing is left, or something fails. */
    void run(long fileSize) throws IOException, ClientException {
        OptionalInt wanted = pace.connections(fileSize);
        for (int i = 1; i < wanted.orElse(1); i++) {
            open();
        }
        workHere(wanted.isEmpty() ? new Growth(pace.mostConnections()) : null);
        threads.forEach(Queues::join);
        Exception cause = failure.get();
        if (cause instanceof IOException e) {
            throw e;
        }
        if (cause instanceof ClientException e) {
            throw e;
        }
    }

    private void workHere(@Nullable Growth growth) {
        try {
            while (step(pace.session())) {
                if (growth != null && growth.wantsMore(moved.get())) {
                    open();
                }
            }
        } catch (IOException | ClientException e) {
            failure.compareAndSet(null, e);
        }
    }

    private boolean step(Session lane) throws IOException, ClientException {
        int bytes = failure.get() == null ? work.step(lane) : NOTHING_LEFT;
        moved.addAndGet(Math.max(0, bytes));
        return bytes != NOTHING_LEFT;
    }

    private void open() {
        Thread thread = new Thread(this::workThere, "lane");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void workThere() {
        Session opened;
        try {
            opened = pace.session().another();
        } catch (ClientException e) {
            return; // the server wants no more connections: those that are there go on
        }
        addConnections(1);
        try (Session lane = opened) {
            boolean more = true;
            while (more) {
                more = step(lane);
            }
        } catch (IOException | ClientException e) {
            failure.compareAndSet(null, e);
        } finally {
            addConnections(-1);
        }
    }

    private synchronized void addConnections(int count) {
        connections += count;
        meter.connections(connections);
    }
}
