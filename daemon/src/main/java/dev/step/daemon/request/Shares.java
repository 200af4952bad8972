package dev.step.daemon.request;

import dev.step.protocol.UserName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how much of something one user may hold at once: who wants more waits until that user gives some back, and keeps
 * nobody else waiting. Safe for any number of threads.
 */
final class Shares {
    private final int each;
    /** Of users who hold something, or wait for it. */
    private final Map<UserName, Share> shares = new ConcurrentHashMap<>();

    /** @param each how much one user may hold */
    Shares(int each) {
        this.each = each;
    }

    /** Waits for a part of the user's share. */
    void take(UserName user) {
        shares.compute(user, (key, known) -> (known == null ? new Share(each) : known).wanted())
                .places
                .acquireUninterruptibly();
    }

    void giveBack(UserName user) {
        shares.computeIfPresent(user, (key, share) -> share.released());
    }

    private static final class Share {
        private final Semaphore places;
        private int takers; // changed within compute() only

        Share(int each) {
            this.places = new Semaphore(each);
        }

        Share wanted() {
            takers++;
            return this;
        }

        @Nullable
        Share released() {
            places.release();
            takers--;
            return takers == 0 ? null : this;
        }
    }
}
