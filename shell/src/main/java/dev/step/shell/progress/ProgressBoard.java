package dev.step.shell.progress;

import dev.step.shell.console.Console;
import dev.step.shell.console.WindowSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    private final Supplier<WindowSize> window;
    private final List<Progress> running = new ArrayList<>();
    private final long start = System.nanoTime();
    private long nextNanos;
    private int files = 1;
    private int filesEnded;
    private @Nullable LongSupplier askExpected;
    private OptionalLong expected = OptionalLong.empty();
    private long leftUnmoved;
    private long moved;

    /**
     * Starts the clock.
     *
     * @param window how large the terminal is now
     */
    public ProgressBoard(Console console, Supplier<WindowSize> window) {
        this.console = console;
        this.window = window;
        this.nextNanos = console.isRedrawable() ? FIRST_NANOS : LOG_NANOS;
    }

    /** A board that shows nothing. */
    public static ProgressBoard hidden(Console console) {
        ProgressBoard board = new ProgressBoard(console, () -> WindowSize.USUAL);
        board.nextNanos = Long.MAX_VALUE;
        return board;
    }

    /** So many files there are to transfer. */
    public synchronized void expectFiles(int count) {
        files = count;
    }

    /**
     * So many bytes there are in all of the files.
     *
     * @param bytes is asked before anything is shown, and not at all when nothing is
     */
    public synchronized void expectBytes(LongSupplier bytes) {
        askExpected = bytes;
    }

    /** A transfer begins. It may take long: what was said before is not held back until it ends. */
    public synchronized Progress start(String name) {
        console.flush();
        Progress progress = new Progress(this, name);
        running.add(progress);
        return progress;
    }

    /** One of many transfers begins that are over quickly: among others it is shown in the line for all of them only. */
    public synchronized Progress startSmall(String name) {
        return files > 1 ? new Progress(this, name) : start(name);
    }

    /** A transfer ends that will be started again. */
    synchronized void left(Progress progress) {
        running.remove(progress);
    }

    synchronized void moved(long more) {
        moved += more;
        long elapsed = System.nanoTime() - start;
        if (elapsed >= nextNanos) {
            show(Duration.ofNanos(elapsed));
            nextNanos = elapsed + (console.isRedrawable() ? REDRAW_NANOS : LOG_NANOS);
        }
    }

    /** What it has left unmoved nobody need wait for. */
    synchronized void ended(Progress progress) {
        running.remove(progress);
        filesEnded++;
        leftUnmoved += progress.unmoved();
        console.clearStatus();
    }

    private void show(Duration elapsed) {
        TotalLine all = new TotalLine(files, filesEnded, expectedStill(), moved, elapsed);
        if (console.isRedrawable()) {
            console.status(lines(window.get(), all));
        } else {
            console.notice(files > 1 ? all.words() : running.get(0).line().words());
        }
    }

    private OptionalLong expectedStill() {
        if (askExpected != null && expected.isEmpty()) {
            expected = OptionalLong.of(askExpected.getAsLong());
        }
        return expected.isPresent() ? OptionalLong.of(Math.max(moved, expected.getAsLong() - leftUnmoved)) : expected;
    }

    /** No more of them than the window has rows: the cursor cannot go back to what has left it. */
    private List<String> lines(WindowSize size, TotalLine all) {
        int columns = size.columns() - 1; // the last column would wrap
        int room = Math.max(1, size.rows() - 2);
        List<ProgressLine> shown = running.stream()
                .limit(files > 1 ? room - 1 : room)
                .map(Progress::line)
                .toList();
        int nameColumns =
                shown.stream().mapToInt(ProgressLine::nameColumns).max().orElse(0);
        List<String> lines = new ArrayList<>();
        shown.forEach(line -> lines.add(line.text(columns, nameColumns)));
        if (files > 1) {
            lines.add(all.text(columns));
        }
        return lines;
    }
}
