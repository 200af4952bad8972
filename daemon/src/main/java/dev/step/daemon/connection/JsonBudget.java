package dev.step.daemon.connection;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all connections together may have for the JSON of the messages that they are sending. Nearly all messages
 * are small enough to be left out of the count. Safe for any number of threads.
 */
final class JsonBudget {
    private static final int UNCOUNTED_BYTES = 4 << 10;
    /** A JSON text takes several times its length once it is read. */
    private static final int SHARE_OF_MEMORY = 16;

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    JsonBudget(long limit) {
        this.limit = limit;
    }

    /** What this JVM can spare. */
    static JsonBudget ofMemory() {
        return new JsonBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
    }

    /** Takes memory for a text of this many bytes; false if there is none left. */
    boolean take(long bytes) {
        if (bytes <= UNCOUNTED_BYTES) {
            return true;
        }
        if (taken.addAndGet(bytes) <= limit) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    /** Gives back what was taken for a text of this many bytes. */
    void giveBack(long bytes) {
        if (bytes > UNCOUNTED_BYTES) {
            taken.addAndGet(-bytes);
        }
    }
}
