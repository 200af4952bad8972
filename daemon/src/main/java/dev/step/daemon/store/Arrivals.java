package dev.step.daemon.store;

import dev.step.protocol.RefusedException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Some files of one user that came whole, and are published together: that costs little more than publishing one of them.
 * For one thread.
 */
public interface Arrivals extends Closeable {
    /** As many as are worth publishing at once. */
    int MOST = 16;

    /**
     * Takes a file. Before {@link #publish} it is neither durable nor seen by anybody.
     *
     * @throws RefusedException 402 when there is such a file, and it is not to be replaced; 412 when the content is not
     *     what was expected; 413 when there is no room
     */
    void add(WholeFile file) throws IOException, RefusedException;

    /** How many were taken and not published yet. */
    int count();

    /** Whether those that were taken have to be published before another one comes. */
    default boolean isFull() {
        return count() >= MOST;
    }

    /**
     * Publishes all that were taken, which then are durable.
     *
     * @return what has become of each, in the order in which they came
     */
    List<Outcome> publish();

    /** Forgets those that were not published. */
    @Override
    void close();

    /** What has become of a file. */
    @FunctionalInterface
    interface Outcome {
        /**
         * The file, as it was published.
         *
         * @throws RefusedException 402 when somebody else's content of that key was published before
         * @throws IOException when the disk failed it
         */
        StoredFile get() throws IOException, RefusedException;
    }
}
