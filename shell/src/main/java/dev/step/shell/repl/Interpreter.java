package dev.step.shell.repl;

import dev.step.shell.command.CommandRunner;
import dev.step.shell.command.ExitStatus;
import dev.step.shell.command.ShellContext;
import java.util.List;
import java.util.Optional;

/** Runs lines, wherever they come from. */
public final class Interpreter {
    private final ShellContext context;
    private final CommandRunner runner;

    public Interpreter(ShellContext context) {
        this.context = context;
        this.runner = new CommandRunner(context);
    }

    /**
     * Runs the commands of a line until one fails; a command with a leading {@code -} may.
     *
     * @param place what to tell the user about where the line stands; empty at the prompt
     * @return the status of the command that failed
     */
    public ExitStatus process(String line, String place) {
        for (List<Word> command : LineSplitter.split(line)) {
            ExitStatus status = run(command, place);
            if (status != ExitStatus.OK || context.isLeaving()) {
                return status;
            }
        }
        return ExitStatus.OK;
    }

    private ExitStatus run(List<Word> command, String place) {
        boolean tolerated = command.get(0).isTolerance();
        List<String> words =
                command.stream().skip(tolerated ? 1 : 0).map(Word::text).toList();
        context.enter(place);
        char open = command.get(command.size() - 1).quote();
        if (open != 0) {
            boolean ended = open == '\\';
            context.fail(
                    ExitStatus.USAGE,
                    ended ? "the line ends with a backslash" : "the quote " + open + " is not closed");
            return ExitStatus.USAGE;
        }
        if (words.isEmpty()) {
            return ExitStatus.OK;
        }
        ExitStatus status = runner.run(words);
        Optional<String> problem = context.console().outputProblem();
        if (status == ExitStatus.OK && problem.isPresent()) {
            context.report(problem.get());
            status = ExitStatus.FAILED;
        }
        return tolerated && status != ExitStatus.INTERRUPTED ? ExitStatus.OK : status;
    }
}
