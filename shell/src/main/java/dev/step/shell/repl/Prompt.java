package dev.step.shell.repl;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Connector;
import dev.step.shell.client.PasswordSource;
import dev.step.shell.client.Problem;
import dev.step.shell.client.Session;
import dev.step.shell.command.Completion;
import dev.step.shell.command.ExitStatus;
import dev.step.shell.command.Person;
import dev.step.shell.command.ShellContext;
import dev.step.shell.console.Printable;
import dev.step.shell.console.WindowSize;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jline.reader.EndOfFileException;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** Reads lines from a person at a terminal and runs them, until that person leaves. */
public final class Prompt implements Closeable {
    private static final int HISTORY_LINES = 10_000;

    /** Lines that are not remembered: values may be kept under such names. */
    private static final String SECRETS = "*password=*:*secret=*:*token=*";

    private final Terminal terminal;
    private final Path history;

    /**
     * Takes the terminal over.
     *
     * @param history the file that remembers what was typed
     */
    public Prompt(Path history) throws IOException {
        this(SystemTerminal.open(), history);
    }

    private Prompt(Terminal terminal, Path history) {
        this.terminal = terminal;
        this.history = history;
        if (terminal.getWidth() <= 0) { // a serial line, for example: nothing could be shown in no column at all
            terminal.setSize(new Size(WindowSize.USUAL.columns(), WindowSize.USUAL.rows()));
        }
    }

    /** A prompt on a terminal that somebody only pretends to sit at, and which shows nothing. */
    public static Prompt pretended(InputStream typed, Path history) throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .system(false)
                .streams(typed, OutputStream.nullOutputStream())
                .type("xterm")
                .build();
        return new Prompt(terminal, history);
    }

    /** Asks for a password without showing it. */
    public PasswordSource passwords() {
        return user -> {
            try {
                LineReader asker = asker(terminal);
                String question = "Password of " + Printable.of(user) + " (empty: the name itself): ";
                String password = asker.readLine(question, (char) 0);
                return password.isEmpty() ? user : password;
            } catch (UserInterruptException | EndOfFileException e) {
                throw new ClientException(Problem.CANCELLED, "no password was given");
            }
        };
    }

    /** What reads an answer, and has neither memory nor suggestions. */
    private static LineReader asker(Terminal terminal) {
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .variable(LineReader.DISABLE_COMPLETION, true)
                .variable(LineReader.DISABLE_HISTORY, true)
                .build();
    }

    /** Who types here. */
    private record Typist(Terminal terminal, History history) implements Person {
        @Override
        public List<String> typedLines() {
            return StreamSupport.stream(history.spliterator(), false)
                    .map(History.Entry::line)
                    .toList();
        }

        @Override
        public boolean confirms(String question) {
            try {
                LineReader asker = asker(terminal);
                return asker.readLine(question + " [y/N] ")
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .startsWith("y");
            } catch (UserInterruptException | EndOfFileException e) {
                return false;
            }
        }
    }

    /** How large the terminal is now. */
    public WindowSize window() {
        return WindowSize.of(terminal.getWidth(), terminal.getHeight());
    }

    /**
     * Runs what is typed.
     *
     * @param connect whether to log in before the first prompt
     */
    public ExitStatus run(ShellContext context, boolean connect) throws IOException {
        Completion completion = new Completion(context);
        LineReader reader = reader(context, completion);
        Interpreter interpreter = new Interpreter(context);
        context.serve(new Typist(terminal, reader.getHistory()));
        if (connect) {
            logIn(context);
        }
        while (!context.isLeaving()) {
            String line = read(reader, promptOf(context.connector()));
            if (line == null) {
                break;
            }
            interruptible(context.connector(), () -> interpreter.process(line, ""));
            completion.forget();
        }
        return ExitStatus.OK;
    }

    /** The next line; empty when Ctrl-C took it away, null after Ctrl-D. */
    private static @Nullable String read(LineReader reader, String prompt) {
        try {
            return reader.readLine(prompt);
        } catch (UserInterruptException e) {
            return "";
        } catch (EndOfFileException e) {
            return null;
        }
    }

    private LineReader reader(ShellContext context, Completion completion) throws IOException {
        HintingReader reader = new HintingReader(terminal, "step-shell", line -> usage(completion, line));
        reader.setParser((line, cursor, use) -> PromptLine.of(line, cursor));
        reader.setCompleter(new PromptCompleter(completion));
        reader.setVariable(LineReader.HISTORY_SIZE, HISTORY_LINES);
        reader.setVariable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES);
        reader.setVariable(LineReader.HISTORY_IGNORE, SECRETS);
        reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
        reader.setOpt(LineReader.Option.HISTORY_IGNORE_SPACE);
        reader.unsetOpt(LineReader.Option.HISTORY_TIMESTAMPED);
        try {
            PromptHistory.prepare(history);
            reader.setVariable(LineReader.HISTORY_FILE, history);
        } catch (IOException e) {
            context.console().notice("what you type is not remembered: cannot write " + history);
        }
        return reader;
    }

    /** In one line: a second one would push what is typed out of the window. */
    private Optional<String> usage(Completion completion, String line) {
        return completion
                .usage(PromptLine.of(line, line.length()).words())
                .map(Printable::of)
                .map(usage -> cut(usage, window().columns() - 1));
    }

    private static String cut(String text, int columns) {
        return text.length() <= columns ? text : text.substring(0, Math.max(0, columns - 1)) + "…";
    }

    private void logIn(ShellContext context) {
        interruptible(context.connector(), () -> {
            try {
                context.connector().session();
            } catch (ClientException e) {
                context.report(String.valueOf(e.getMessage()));
            }
        });
    }

    /** While something runs, Ctrl-C cancels it and nothing else. */
    private void interruptible(Connector connector, Runnable work) {
        SignalHandler before = terminal.handle(Signal.INT, signal -> connector.cancel());
        try {
            work.run();
        } finally {
            terminal.handle(Signal.INT, before);
            connector.resume();
        }
    }

    private static String promptOf(Connector connector) {
        return connector.current().map(Prompt::who).orElse("") + "step> ";
    }

    private static String who(Session session) {
        return Printable.of(session.user() + "@" + session.address().host()) + " ";
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
