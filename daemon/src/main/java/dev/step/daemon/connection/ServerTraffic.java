package dev.step.daemon.connection;

import java.util.concurrent.atomic.LongAdder;

/** Connections and bytes since the server started. Safe for any number of threads. */
public final class ServerTraffic {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();

    void accepted() {
        accepted.increment();
    }

    void rejected() {
        rejected.increment();
    }

    void received(long bytes) {
        received.add(bytes);
    }

    void sent(long bytes) {
        sent.add(bytes);
    }

    /** Connections that were served. */
    public long acceptedConnections() {
        return accepted.sum();
    }

    /** Connections that were closed at once, as there were too many. */
    public long rejectedConnections() {
        return rejected.sum();
    }

    /** Bytes of messages from clients, before TLS. */
    public long receivedBytes() {
        return received.sum();
    }

    /** Bytes of messages to clients, before TLS. */
    public long sentBytes() {
        return sent.sum();
    }
}
