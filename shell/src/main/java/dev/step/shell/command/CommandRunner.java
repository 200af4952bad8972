package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.command.Commands.Entry;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs one command given as words, the first one or two of which are its name. */
public final class CommandRunner {
    private static final String HELP = "--help";

    private final ShellContext context;

    public CommandRunner(ShellContext context) {
        this.context = context;
    }

    /** Runs it; what went wrong is reported to the user. */
    public ExitStatus run(List<String> words) {
        try {
            return runEntry(words);
        } catch (UsageException e) {
            context.report(String.valueOf(e.getMessage()));
            return ExitStatus.USAGE;
        } catch (ClientException e) {
            context.report(String.valueOf(e.getMessage()));
            return ExitStatus.of(e.problem());
        }
    }

    private ExitStatus runEntry(List<String> words) throws ClientException, UsageException {
        List<String> names = words.stream().map(Words::plain).toList();
        Entry entry = Commands.find(names).orElseThrow(() -> unknown(names));
        context.begin(entry.name());
        ShellCommand command = entry.make().apply(context);
        OutputOptions outputOptions = new OutputOptions();
        CommandLine parser = CommandSpecs.parser(entry, command, outputOptions);
        List<String> operands = words.subList(entry.wordCount(), words.size());
        if (operands.equals(List.of(HELP))) {
            context.console().lines(CommandSpecs.usage(parser));
            return ExitStatus.OK;
        }
        try {
            parser.parseArgs(operands.toArray(String[]::new));
        } catch (ParameterException e) {
            String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new UsageException(Words.plain(what) + "; usage: " + CommandSpecs.synopsis(parser));
        }
        context.show(outputOptions);
        return command.run();
    }

    static UsageException unknown(List<String> words) {
        String name = words.get(0);
        List<String> names = Commands.ALL.stream().map(Entry::name).toList();
        List<String> group =
                names.stream().filter(entry -> entry.startsWith(name + " ")).toList();
        if (!group.isEmpty()) {
            return new UsageException(name + " what? " + String.join(", ", group));
        }
        String hint = EditDistance.nearest(name, names)
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse("; help lists them");
        return new UsageException("no command \"" + name + "\"" + hint);
    }
}
