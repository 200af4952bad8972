package dev.step.daemon.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about tokens: a client shows the same one with every request, and to check it costs as much as the rest
 * of a small request. Safe for any number of threads.
 *
 * @param <T> what a token has been proven to say
 */
final class RememberedTokens<T> {
    /** They cost memory; to forget them costs only another check. */
    private static final int MOST = 1_000;

    /** By the whole token, so that nothing can be learned from how long it takes to find none. */
    private final Map<String, T> proven = new ConcurrentHashMap<>();

    @Nullable
    T find(String token) {
        return proven.get(token);
    }

    void remember(String token, T says) {
        if (proven.size() >= MOST) {
            proven.clear();
        }
        proven.put(token, says);
    }
}
