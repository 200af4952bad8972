package dev.step.shell.repl;

import dev.step.shell.command.ExitStatus;
import dev.step.shell.command.ShellContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/** Runs the lines of a script, a pipe or the command line, and stops at the first that fails. */
public final class Script {
    private final ShellContext context;
    private final Interpreter interpreter;

    public Script(ShellContext context) {
        this.context = context;
        this.interpreter = new Interpreter(context);
    }

    /**
     * Runs them all.
     *
     * @param name what to call it when a line fails: {@code NAME:3}; empty: {@code line 3}
     * @throws IOException when the lines cannot be read
     */
    public ExitStatus run(Reader lines, String name) throws IOException {
        BufferedReader reader = new BufferedReader(lines);
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            String place = name.isEmpty() ? "line " + number : name + ":" + number;
            ExitStatus status = interpreter.process(line, place);
            if (status != ExitStatus.OK || context.isLeaving()) {
                return status;
            }
        }
        return ExitStatus.OK;
    }
}
