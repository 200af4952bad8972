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
            return failed(ExitStatus.USAGE, e);
        } catch (ClientException e) {
            return failed(ExitStatus.of(e.problem()), e);
        }
    }

    private ExitStatus failed(ExitStatus status, Exception reason) {
        context.fail(status, String.valueOf(reason.getMessage()));
        return status;
    }

    private ExitStatus runEntry(List<String> words) throws ClientException, UsageException {
        List<String> names = words.stream().map(Words::plain).toList();
        Entry entry = Commands.find(names).orElseThrow(() -> unknown(names));
        context.begin(entry.words());
        ShellCommand command = entry.make(context);
        CommonOptions commonOptions = new CommonOptions();
        CommandLine parser = CommandSpecs.parser(entry, command, commonOptions);
        List<String> operands = words.subList(entry.wordCount(), words.size());
        if (operands.equals(List.of(HELP))) {
            HelpCommand.tellAbout(entry, parser, context.output());
            return ExitStatus.OK;
        }
        try {
            parser.parseArgs(operands.toArray(String[]::new));
        } catch (ParameterException e) {
            context.show(commonOptions);
            String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new UsageException(Words.plain(what) + "; usage: " + CommandSpecs.synopsis(parser));
        }
        context.show(commonOptions);
        return command.run();
    }

    static UsageException unknown(List<String> words) {
        String name = words.get(0);
        List<String> names = Commands.ALL.stream().map(Entry::words).toList();
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
