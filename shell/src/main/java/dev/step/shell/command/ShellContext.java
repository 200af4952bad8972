package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Connector;
import dev.step.shell.client.Session;
import dev.step.shell.console.Console;
import dev.step.shell.progress.Progress;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What commands share: the console, the session, where the shell is. For one thread. */
public final class ShellContext {
    private final Console console;
    private final Connector connector;
    private final IntSupplier columns;
    private Path folder = Path.of("");
    private Predicate<String> confirmation = question -> true;
    private String place = "";
    private String command = "";
    private boolean leaving;

    /** Starts in the folder that the process was started in. */
    public ShellContext(Console console, Connector connector, IntSupplier columns) {
        this.console = console;
        this.connector = connector;
        this.columns = columns;
    }

    public Console console() {
        return console;
    }

    public Connector connector() {
        return connector;
    }

    /** The session, which is opened if there is none. */
    Session session() throws ClientException {
        return connector.session();
    }

    /** Where local names start; the empty path is the process's own folder. */
    public Path folder() {
        return folder;
    }

    void enterFolder(Path other) {
        folder = other;
    }

    /** Shows how a transfer goes on. */
    Progress progress(String name) {
        return new Progress(console, columns, name);
    }

    /** From now on failures are reported as happening there, such as {@code line 3}; empty at the prompt. */
    public void enter(String newPlace) {
        place = newPlace;
        command = "";
    }

    /** From now on it is this command that fails. */
    void begin(String newCommand) {
        command = newCommand;
    }

    /** Tells the user what failed. */
    public void report(String message) {
        String where = Stream.of(place, command)
                .filter(part -> !part.isEmpty())
                .map(part -> part + ": ")
                .collect(Collectors.joining());
        console.error(where + message);
    }

    /** From now on the user can be asked; until then the answer is yes. */
    public void askWith(Predicate<String> newConfirmation) {
        confirmation = newConfirmation;
    }

    boolean confirm(String question) {
        return confirmation.test(question);
    }

    /** No further command is wanted. */
    void leave() {
        leaving = true;
    }

    public boolean isLeaving() {
        return leaving;
    }
}
