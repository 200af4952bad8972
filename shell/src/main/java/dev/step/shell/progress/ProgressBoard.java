package dev.step.shell.progress;

import dev.step.shell.console.Console;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Shows how the transfers of one command go on: on a terminal as one line for each that runs, and one for all of them
 * together, redrawn a few times a second; elsewhere as a line now and then, so that a log file stays readable. What is
 * over quickly shows nothing.
 */
public final class ProgressBoard {
    private static final long FIRST_NANOS = Duration.ofMillis(300).toNanos();
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LOG_NANOS = Duration.ofSeconds(10).toNanos();

    private final Console console;
    private final IntSupplier columns;
    private final boolean onTerminal;
    private final List<Progress> running = new ArrayList<>();
    private final long start = System.nanoTime();
    private long nextNanos;
    private int files = 1;
    private int filesEnded;
    private long bytes;

    /**
     * Starts the clock.
     *
     * @param columns how wide the terminal is now
     */
    public ProgressBoard(Console console, IntSupplier columns) {
        this.console = console;
        this.columns = columns;
        this.onTerminal = console.terminals().error();
        this.nextNanos = onTerminal ? FIRST_NANOS : LOG_NANOS;
    }

    /** A board that shows nothing. */
    public static ProgressBoard hidden(Console console) {
        ProgressBoard board = new ProgressBoard(console, () -> 0);
        board.nextNanos = Long.MAX_VALUE;
        return board;
    }

    /** So many files there are to transfer. */
    public synchronized void expectFiles(int count) {
        files = count;
    }

    /** A transfer begins. */
    public synchronized Progress start(String name) {
        Progress progress = new Progress(this, name);
        running.add(progress);
        return progress;
    }

    synchronized void moved(long more) {
        bytes += more;
        long elapsed = System.nanoTime() - start;
        if (elapsed >= nextNanos) {
            show(Duration.ofNanos(elapsed));
            nextNanos = elapsed + (onTerminal ? REDRAW_NANOS : LOG_NANOS);
        }
    }

    synchronized void ended(Progress progress) {
        running.remove(progress);
        filesEnded++;
        console.clearStatus();
    }

    private void show(Duration elapsed) {
        if (onTerminal) {
            int width = columns.getAsInt() - 1; // the last column would wrap
            List<String> lines = new ArrayList<>();
            running.forEach(progress -> lines.add(progress.line().text(width)));
            if (files > 1) {
                String all = total(elapsed);
                lines.add(all.length() <= width ? all : all.substring(0, Math.max(0, width)));
            }
            console.status(lines);
        } else {
            console.notice(files > 1 ? total(elapsed) : running.get(0).line().words());
        }
    }

    private String total(Duration elapsed) {
        return filesEnded + "/" + files + " files  " + Quantity.size(bytes) + "  " + Quantity.rate(bytes, elapsed);
    }
}
