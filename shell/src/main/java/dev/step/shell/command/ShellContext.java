package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Connector;
import dev.step.shell.client.Session;
import dev.step.shell.console.Console;
import dev.step.shell.console.WindowSize;
import dev.step.shell.progress.ProgressBoard;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What commands share: the console, the session, where the shell is. For one thread. */
public final class ShellContext {
    private final Console console;
    private final Connector connector;
    private final Settings settings;
    private final Supplier<WindowSize> window;
    private Output output;
    private ProgressBoard progress;
    private Path folder = Path.of("");
    private Person person = Person.NOBODY;
    private @Nullable InputStream input;
    private String place = "";
    private String command = "";
    private boolean leaving;

    /** Starts in the folder that the process was started in. */
    public ShellContext(Console console, Connector connector, Settings settings, Supplier<WindowSize> window) {
        this.console = console;
        this.connector = connector;
        this.settings = settings;
        this.window = window;
        this.output = new Output(console, false, false);
        this.progress = ProgressBoard.hidden(console);
    }

    public Console console() {
        return console;
    }

    public Connector connector() {
        return connector;
    }

    Settings settings() {
        return settings;
    }

    /** Where the running command's results go. */
    Output output() {
        return output;
    }

    /** The session, which is opened if there is none. */
    Session session() throws ClientException {
        Session session = connector.session();
        session.compareBy(settings.digest());
        return session;
    }

    /** Where local names start; the empty path is the process's own folder. */
    public Path folder() {
        return folder;
    }

    void enterFolder(Path other) {
        folder = other;
    }

    /** Shows how the transfers of the running command go on. */
    ProgressBoard progress() {
        return progress;
    }

    /** How wide the terminal is now. */
    int columns() {
        return window.get().columns();
    }

    /** From now on failures are reported as happening there, such as {@code line 3}; empty at the prompt. */
    public void enter(String newPlace) {
        place = newPlace;
        command = "";
        output = output(false, false);
    }

    /** From now on it is this command that fails. */
    void begin(String newCommand) {
        command = newCommand;
    }

    /** From now on results are shown so, or as is set for all commands. */
    void show(CommonOptions options) {
        output = output(options.json(), options.quiet());
        progress = output.isQuiet() ? ProgressBoard.hidden(console) : new ProgressBoard(console, window);
    }

    private Output output(boolean json, boolean quiet) {
        return new Output(console, json || settings.isOn(Setting.JSON), quiet || settings.isOn(Setting.QUIET));
    }

    /** Tells the user what failed. */
    public void report(String message) {
        String where = Stream.of(place, command)
                .filter(part -> !part.isEmpty())
                .map(part -> part + ": ")
                .collect(Collectors.joining());
        console.error(where + message);
    }

    /** Tells people and programs what failed. */
    public void fail(ExitStatus status, String message) {
        fail(Facts.none(), status, message);
    }

    /**
     * Tells people and programs what failed.
     *
     * @param facts what it happened to
     */
    void fail(Facts facts, ExitStatus status, String message) {
        report(message);
        output.failed(facts.and("status", status.code()).and("error", message));
    }

    /** From now on there is somebody to talk to. */
    public void serve(Person newPerson) {
        person = newPerson;
    }

    Person person() {
        return person;
    }

    /** From now on this can be read by commands: the standard input, when lines come from elsewhere. */
    public void readFrom(InputStream newInput) {
        input = newInput;
    }

    /** What commands may read. */
    Optional<InputStream> input() {
        return Optional.ofNullable(input);
    }

    /** No further command is wanted. */
    void leave() {
        leaving = true;
    }

    public boolean isLeaving() {
        return leaving;
    }
}
