package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.command.Commands.Entry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs one command given as words, the first one or two of which are its name. */
public final class CommandRunner {
    private static final int LONGEST_GUESS = 40;
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
        CommandLine parser = CommandSpecs.parser(entry, command);
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
        return command.run();
    }

    static UsageException unknown(List<String> words) {
        String name = words.get(0);
        if (name.length() > LONGEST_GUESS) {
            return new UsageException("no such command; help lists them");
        }
        List<Entry> group = Commands.ALL.stream()
                .filter(entry -> entry.name().startsWith(name + " "))
                .toList();
        if (!group.isEmpty()) {
            return new UsageException(name + " what? "
                    + String.join(", ", group.stream().map(Entry::name).toList()));
        }
        Optional<String> near = Commands.ALL.stream()
                .map(Entry::name)
                .min(Comparator.comparingInt(candidate -> EditDistance.between(name, candidate)))
                .filter(candidate -> EditDistance.between(name, candidate) <= 2);
        return new UsageException("no command \"" + name + "\""
                + near.map(candidate -> "; did you mean " + candidate + "?").orElse("; help lists them"));
    }
}
