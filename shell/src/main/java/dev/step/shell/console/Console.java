package dev.step.shell.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The only class that prints. Results go to the output, everything else to the error output; whatever is printed is made
 * {@link Printable} first. It may be used by several threads.
 */
public final class Console {
    private static final String TO_START_AND_CLEAR = "\r\u001b[K";
    private static final String UP = "\u001b[A";

    /** A line that has become too long for its window is cut there: it must not wrap, or it could not be found again. */
    private static final String CUT_LINES = "\u001b[?7l";

    private static final String WRAP_LINES = "\u001b[?7h";

    private static final int HELD_BYTES = 8 << 10;

    /** A line is held back only behind one that went out so short a time ago. */
    private static final long MOST_HELD_NANOS = Duration.ofMillis(100).toNanos();

    private final WatchedStream results;
    private final PrintStream out;
    private final PrintStream err;
    private final Terminals terminals;
    private final boolean redrawable;
    private final boolean holdsBack;
    private boolean colored;
    private int statusLines;
    private long flushedNanos = System.nanoTime() - MOST_HELD_NANOS;
    /** Nothing else was said since. */
    private String lastNotice = "";

    /** Shows colours only when told to. */
    public Console(OutputStream out, OutputStream err, Terminals terminals) {
        this(out, err, terminals, terminals.error(), false);
    }

    /**
     * Shows colours only when told to.
     *
     * @param redrawable whether lines of the error output can be drawn over
     * @param holdsBack whether result lines that come quickly one after the other are printed together
     */
    Console(OutputStream out, OutputStream err, Terminals terminals, boolean redrawable, boolean holdsBack) {
        this.results = new WatchedStream(out);
        this.out = new PrintStream(new BufferedOutputStream(results, HELD_BYTES), false, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        this.terminals = terminals;
        this.redrawable = redrawable;
        this.holdsBack = holdsBack;
    }

    /** The console of this process. */
    public static Console ofProcess(Terminals terminals) {
        boolean redrawable = terminals.error() && !Terminals.areDumb(System.getenv());
        Console console = new Console(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                terminals,
                redrawable,
                !terminals.output());
        console.color(ColorMode.AUTO, System.getenv());
        return console;
    }

    public Terminals terminals() {
        return terminals;
    }

    /** Whether lines of the error output can be drawn over. */
    public boolean isRedrawable() {
        return redrawable;
    }

    /** Decides whether lines are coloured from now on. */
    public synchronized void color(ColorMode mode, Map<String, String> environment) {
        colored = mode.isOn(terminals, environment);
    }

    /** A line of the result. */
    public void line(String text) {
        line(text, "", Style.PLAIN);
    }

    /** A line of the result whose end is something special. */
    public synchronized void line(String start, String end, Style style) {
        begin();
        String shownEnd = Printable.of(end);
        out.println(Printable.of(start) + (colored ? style.paint(shownEnd) : shownEnd));
        long now = System.nanoTime();
        if (!holdsBack || now - flushedNanos >= MOST_HELD_NANOS) {
            flush();
            flushedNanos = now;
        }
    }

    /** Prints what is held back: thousands of lines are not to be thousands of writes. */
    public synchronized void flush() {
        out.flush();
    }

    /** A result of several lines. */
    public synchronized void lines(String text) {
        text.lines().forEach(this::line);
    }

    /**
     * Bytes that are the result as they are.
     *
     * @throws IOException when the results go nowhere
     */
    public synchronized void bytes(ByteBuffer buffer) throws IOException {
        begin();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        out.write(bytes, 0, bytes.length);
        Optional<String> problem = outputProblem();
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
    }

    /** A line about what went wrong. */
    public synchronized void error(String text) {
        begin();
        flush();
        err.println(Printable.of(text));
    }

    /** A line that the user should see though nothing went wrong; several times in a row it is shown once. */
    public synchronized void notice(String text) {
        if (!text.equals(lastNotice)) {
            begin();
            flush();
            err.println(Printable.of(text));
            lastNotice = text;
        }
    }

    private void begin() {
        clearStatus();
        lastNotice = "";
    }

    /** Shows lines that the next ones replace: only where they can be drawn over. */
    public synchronized void status(List<String> lines) {
        String text = lines.stream().map(Printable::of).collect(Collectors.joining("\n"));
        err.print(wipe() + CUT_LINES + text + WRAP_LINES);
        err.flush();
        statusLines = lines.size();
    }

    /** Takes the lines that {@link #status} showed away. */
    public synchronized void clearStatus() {
        if (statusLines > 0) {
            err.print(wipe());
            err.flush();
            statusLines = 0;
        }
    }

    private String wipe() {
        return TO_START_AND_CLEAR + (UP + TO_START_AND_CLEAR).repeat(Math.max(0, statusLines - 1));
    }

    /** Why the results go nowhere, if they do: then there is no point in more of them. */
    public Optional<String> outputProblem() {
        flush();
        return results.problem();
    }
}
