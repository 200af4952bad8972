package dev.step.shell.progress;

import dev.step.shell.client.Meter;
import dev.step.shell.console.Console;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Shows how a transfer goes on: on a terminal as one line that is redrawn a few times a second, elsewhere as a line now and
 * then, so that a log file stays readable. What is over quickly shows nothing.
 */
public final class Progress implements Meter, AutoCloseable {
    private static final long FIRST_NANOS = Duration.ofMillis(300).toNanos();
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LOG_NANOS = Duration.ofSeconds(10).toNanos();

    private final Console console;
    private final IntSupplier columns;
    private final String name;
    private final long start = System.nanoTime();
    private long total;
    private long next;
    private long done;

    /**
     * Starts the clock.
     *
     * @param columns how wide the terminal is now
     */
    public Progress(Console console, IntSupplier columns, String name) {
        this.console = console;
        this.columns = columns;
        this.name = name;
        this.next = console.terminals().error() ? FIRST_NANOS : LOG_NANOS;
    }

    /** Shows nothing. */
    public static Progress hidden(Console console) {
        Progress progress = new Progress(console, () -> 0, "");
        progress.next = Long.MAX_VALUE;
        return progress;
    }

    @Override
    public void expect(long bytes) {
        total = bytes;
    }

    @Override
    public void moved(long bytes) {
        done += bytes;
        long elapsed = System.nanoTime() - start;
        if (elapsed >= next) {
            show(new ProgressLine(name, total, Math.min(done, total), Duration.ofNanos(elapsed)));
            next = elapsed + (console.terminals().error() ? REDRAW_NANOS : LOG_NANOS);
        }
    }

    private void show(ProgressLine line) {
        if (console.terminals().error()) {
            console.status(line.text(columns.getAsInt() - 1)); // the last column would wrap
        } else {
            console.notice(line.words());
        }
    }

    /** Takes the line away. */
    @Override
    public void close() {
        console.clearStatus();
    }
}
