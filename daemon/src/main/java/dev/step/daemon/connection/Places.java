package dev.step.daemon.connection;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Places that are given out one by one, a bounded number to each of those who ask. Safe for any number of threads. */
final class Places<K> {
    private final Map<K, Integer> taken = new HashMap<>();

    /** A place, until it is left; empty when all that this one may have, which is so many, are taken. */
    synchronized Optional<Place> take(K who, int each) {
        if (taken.getOrDefault(who, 0) >= each) {
            return Optional.empty();
        }
        taken.merge(who, 1, Integer::sum);
        return Optional.of(() -> leave(who));
    }

    private synchronized void leave(K who) {
        taken.computeIfPresent(who, (key, count) -> count == 1 ? null : count - 1);
    }

    /** A place that somebody has; to be left once. */
    interface Place extends AutoCloseable {
        /** What nobody has to leave. */
        Place NONE = () -> {};

        @Override
        void close();
    }
}
