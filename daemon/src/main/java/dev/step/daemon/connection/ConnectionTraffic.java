package dev.step.daemon.connection;

/** What goes through one connection, which is counted for the whole server, too. */
final class ConnectionTraffic {
    private final ServerTraffic all;
    private final Traffic received = new Traffic(System.nanoTime());
    private final Traffic sent = new Traffic(System.nanoTime());

    ConnectionTraffic(ServerTraffic all) {
        this.all = all;
    }

    /** The connection is closed, as there are too many. */
    void rejected() {
        all.rejected();
    }

    void received(long bytes) {
        received.add(bytes);
        all.received(bytes);
    }

    void sent(long bytes) {
        sent.add(bytes);
        all.sent(bytes);
    }

    void sample(long nowNanos) {
        received.sample(nowNanos);
        sent.sample(nowNanos);
    }

    Flow receivedFlow() {
        return received.flow();
    }

    Flow sentFlow() {
        return sent.flow();
    }
}
