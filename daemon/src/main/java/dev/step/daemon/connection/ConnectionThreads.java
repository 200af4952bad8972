package dev.step.daemon.connection;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that serve connections, one each: virtual ones where the platform has them (Java 21 and later), so that
 * idle connections cost next to nothing, and platform threads elsewhere.
 */
final class ConnectionThreads {
    private static final String NAME_PREFIX = "connection-";
    private static final int FIRST_JAVA_WITH_VIRTUAL_THREADS = 21;

    private ConnectionThreads() {}

    static ThreadFactory factory() {
        if (Runtime.version().feature() < FIRST_JAVA_WITH_VIRTUAL_THREADS) {
            return platformThreads();
        }
        try {
            // By reflection, as the code is compiled for Java 17: Thread.ofVirtual().name(prefix, 1).factory()
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> builderType = Class.forName("java.lang.Thread$Builder");
            builder = builderType.getMethod("name", String.class, long.class).invoke(builder, NAME_PREFIX, 1L);
            return (ThreadFactory) builderType.getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Java " + Runtime.version() + " has no virtual threads", e);
        }
    }

    private static ThreadFactory platformThreads() {
        AtomicLong count = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, NAME_PREFIX + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
