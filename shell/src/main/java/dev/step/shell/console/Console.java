package dev.step.shell.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The only class that prints. Results go to the output, everything else to the error output; whatever is printed is made
 * {@link Printable} first. It may be used by several threads.
 */
public final class Console {
    private static final String TO_START_AND_CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final PrintStream err;
    private final Terminals terminals;
    private boolean statusShown;

    public Console(PrintStream out, PrintStream err, Terminals terminals) {
        this.out = out;
        this.err = err;
        this.terminals = terminals;
    }

    /** The console of this process. */
    public static Console ofProcess(Terminals terminals) {
        return new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), terminals);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    public Terminals terminals() {
        return terminals;
    }

    /** A line of the result. */
    public synchronized void line(String text) {
        clearStatus();
        out.println(Printable.of(text));
    }

    /** A result of several lines. */
    public synchronized void lines(String text) {
        text.lines().forEach(this::line);
    }

    /** A line about what went wrong. */
    public synchronized void error(String text) {
        clearStatus();
        err.println(Printable.of(text));
    }

    /** A line that the user should see though nothing went wrong. */
    public synchronized void notice(String text) {
        clearStatus();
        err.println(Printable.of(text));
    }

    /** Shows a line that the next one replaces: only for an error output that is a terminal. */
    public synchronized void status(String text) {
        err.print(TO_START_AND_CLEAR + Printable.of(text));
        err.flush();
        statusShown = true;
    }

    /** Takes the line that {@link #status} showed away. */
    public synchronized void clearStatus() {
        if (statusShown) {
            err.print(TO_START_AND_CLEAR);
            err.flush();
            statusShown = false;
        }
    }

    /** Whether the reader of the results has gone: then there is no point in more of them. */
    public boolean isOutputGone() {
        return out.checkError();
    }
}
