package dev.step.daemon.connection;

import java.time.Duration;

/**
 * What clients may take of a server. How fast connections come is not limited: old clients open 500 in half a second.
 *
 * @param connections how many connections there may be
 * @param perAddress how many of them from one address; a class sits behind one
 * @param perUser how many of them by one user
 * @param loginTime how long a connection may go without anybody having logged in on it, or shown a token
 * @param messageTime how long a message may take, whichever way it goes, besides the time for its bytes at
 *     {@link #SLOWEST_BYTES_PER_SECOND}; between messages there is no limit
 */
public record ServerLimits(int connections, int perAddress, int perUser, Duration loginTime, Duration messageTime) {
    /** A line slower than this is taken for a dead one. */
    static final long SLOWEST_BYTES_PER_SECOND = 4 << 10;

    public static final ServerLimits DEFAULT =
            new ServerLimits(10_000, 1_000, 1_000, Duration.ofSeconds(60), Duration.ofSeconds(60));

    public ServerLimits {
        if (connections < 1 || perAddress < 1 || perUser < 1 || !isPositive(loginTime) || !isPositive(messageTime)) {
            throw new IllegalArgumentException("every limit has to be positive");
        }
    }

    private static boolean isPositive(Duration time) {
        return !time.isNegative() && !time.isZero();
    }

    /** How long a message of this many bytes may take. */
    Duration timeFor(long bytes) {
        return messageTime.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
    }
}
