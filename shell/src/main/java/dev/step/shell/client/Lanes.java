package dev.step.shell.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several connections of one user that share one piece of work: as many as {@link Growth} finds worth it. The caller's thread
 * works on the session it has; every further connection has a thread of its own. One that the server does not take is done
 * without, and one that is lost leaves its work to the others.
 */
final class Lanes {
    private final Openings openings;
    private final Growth growth;
    private final Meter meter;
    private final Work work;
    private final Runnable stop;
    private final List<Lane> extra = new ArrayList<>();
    private int working;
    private int opening;
    private int leaving;
    private int told = 1;
    private long moved;
    private boolean over;
    private @Nullable Exception failure;

    /** What is to be done, on whatever connection. */
    @FunctionalInterface
    interface Work {
        /**
         * Works on one connection until nothing is left to do, or the lane is no longer wanted.
         *
         * @throws ConnectionLostException when this connection is of no use any more; others may do what it has not done
         * @throws IOException when the work itself has failed, as with any other
         */
        void on(Lane lane) throws IOException, ClientException;
    }

    /**
     * Has done nothing yet.
     *
     * @param stop is called when the work has failed, so that nobody waits for more of it
     */
    Lanes(Openings openings, Growth growth, Meter meter, Work work, Runnable stop) {
        this.openings = openings;
        this.growth = growth;
        this.meter = meter;
        this.work = work;
        this.stop = stop;
    }

    /**
     * Works until nothing is left, or something fails.
     *
     * @param bytes how many are to move
     * @throws ConnectionLostException when every connection was lost
     */
    void run(long bytes) throws IOException, ClientException {
        Lane first = new Lane(openings.session(), false);
        begin(bytes);
        workOn(first);
        awaitTheOthers();
        extra.forEach(Lane::end);
        throwFailure();
    }

    private synchronized void begin(long bytes) {
        growth.begin(bytes);
        working = 1;
        openMissing();
    }

    private void workOn(Lane lane) {
        Exception reason = null;
        try {
            work.on(lane);
        } catch (IOException | ClientException | RuntimeException e) {
            reason = e;
        }
        ended(lane, reason);
    }

    private synchronized void ended(Lane lane, @Nullable Exception reason) {
        working--;
        leaving -= lane.leaves ? 1 : 0;
        if (reason instanceof ConnectionLostException && working > 0) {
            growth.endWith(working);
        } else if (reason != null && failure == null) {
            failure = reason;
            stop.run();
        }
        over |= reason == null && !lane.leaves; // nothing is left, for which another connection could be opened
        tell();
        notifyAll();
    }

    private void tell() {
        int connections = Math.max(1, working);
        if (connections != told) {
            told = connections;
            meter.connections(connections);
        }
    }

    private synchronized void awaitTheOthers() {
        Queues.await(this, () -> working == 0 || failure != null);
        over = true;
    }

    private void throwFailure() throws IOException, ClientException {
        Exception cause = failure;
        if (cause instanceof IOException e) {
            throw e;
        }
        if (cause instanceof ClientException e) {
            throw e;
        }
        if (cause instanceof RuntimeException e) {
            throw e;
        }
    }

    private void openMissing() {
        while (working + opening < growth.wanted() && !over) {
            opening++;
            Opening opening = openings.take();
            Lane lane = new Lane(opening.session(), true);
            extra.add(lane);
            lane.start(() -> openAndWork(lane, opening));
        }
    }

    private void openAndWork(Lane lane, Opening opening) {
        try (Session opened = lane.session()) {
            opening.await();
            if (opened()) {
                workOn(lane);
            }
        } catch (ClientException e) {
            refused();
        }
    }

    private synchronized boolean opened() {
        opening--;
        if (over) {
            return false;
        }
        working++;
        tell();
        return true;
    }

    /** The server wants no more connections, and those that are there go on; or this one has come too late. */
    private synchronized void refused() {
        opening--;
        if (!over) {
            growth.endWith(working + opening);
        }
    }

    private synchronized void moved(int bytes) {
        moved += bytes;
        growth.look(moved, working);
        openMissing();
    }

    private synchronized boolean isWanted(Lane lane) {
        if (lane.isExtra && !lane.leaves && working - leaving > growth.wanted()) {
            lane.leaves = true;
            leaving++;
        }
        return !lane.leaves && !over && failure == null;
    }

    /** One connection, and what shares in the work on it. For one thread; only {@link #end} may be called by others. */
    final class Lane {
        private final Session session;
        private final boolean isExtra;
        private boolean leaves;
        private @Nullable Thread thread;

        private Lane(Session session, boolean isExtra) {
            this.session = session;
            this.isExtra = isExtra;
        }

        Session session() {
            return session;
        }

        /** So many more bytes are where they belong. */
        void moved(int bytes) {
            Lanes.this.moved(bytes);
        }

        /** Whether it should take more to do. */
        boolean isWanted() {
            return Lanes.this.isWanted(this);
        }

        private void start(Runnable whole) {
            thread = new Thread(whole, "lane");
            thread.setDaemon(true);
            thread.start();
        }

        /** Gives up whatever it is at, as nobody needs it any more. */
        private void end() {
            session.cancel();
            if (thread != null) {
                Queues.join(thread);
            }
        }
    }
}
