package dev.step.shell.progress;

import dev.step.shell.client.Meter;
import java.time.Duration;

/** How far one transfer is. Its bytes may be moved by several threads. */
public final class Progress implements Meter, AutoCloseable {
    private final ProgressBoard board;
    private final String name;
    private final long start = System.nanoTime();
    private long total;
    private long done;
    private int connections = 1;

    Progress(ProgressBoard board, String name) {
        this.board = board;
        this.name = name;
    }

    @Override
    public synchronized void expect(long bytes) {
        total = bytes;
    }

    @Override
    public void moved(long bytes) {
        synchronized (this) {
            done += bytes;
        }
        board.moved(bytes);
    }

    @Override
    public synchronized void connections(int count) {
        connections = count;
    }

    /** How many bytes of those expected have not moved. */
    synchronized long unmoved() {
        return Math.max(0, total - done);
    }

    synchronized ProgressLine line() {
        return new ProgressLine(
                name, total, Math.min(done, total), Duration.ofNanos(System.nanoTime() - start), connections);
    }

    /** The transfer has moved nothing, and will be started again. */
    public void leave() {
        board.left(this);
    }

    /** The transfer has ended, well or not. */
    @Override
    public void close() {
        board.ended(this);
    }
}
