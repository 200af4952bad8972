package dev.step.shell.client;

/** Passes on what a meter is told, and knows how many connections there were at most. */
final class ConnectionCount implements Meter {
    private final Meter meter;
    private int most = 1;

    ConnectionCount(Meter meter) {
        this.meter = meter;
    }

    synchronized int most() {
        return most;
    }

    @Override
    public void expect(long bytes) {
        meter.expect(bytes);
    }

    @Override
    public void moved(long bytes) {
        meter.moved(bytes);
    }

    @Override
    public synchronized void connections(int count) {
        most = Math.max(most, count);
        meter.connections(count);
    }
}
