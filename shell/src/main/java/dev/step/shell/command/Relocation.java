package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.RemoteFiles;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code mv} and {@code cp} have in common: all but what happens to one file. */
final class Relocation {
    @Option(names = "--replace", description = "replace a file that has the new key")
    private boolean replace;

    @Option(names = "-r", description = "take folders (folder/) with everything in them")
    private boolean recursive;

    @Parameters(
            arity = "1..*",
            paramLabel = "KEY",
            description = "*, ? and [a-z] stand for several; the last one is where to")
    private List<Operand> operands = List.of();

    /** What happens to one file. */
    @FunctionalInterface
    interface Step {
        void apply(RemoteFiles remote, KeyPair pair, boolean replace) throws ClientException;
    }

    /**
     * Does it with every file that is meant.
     *
     * @param result what has happened then, such as {@code moved}
     */
    ExitStatus run(ShellContext context, Step step, String result) throws ClientException, UsageException {
        RemoteFiles remote = new RemoteFiles(context.session());
        List<KeyPair> pairs = new KeyPairs(new RemoteOperands(remote), recursive).of(operands);
        return Each.of(context, pairs, KeyPair::facts, pair -> {
            step.apply(remote, pair, replace);
            context.output()
                    .done(
                            pair.from() + "  " + result + " to " + pair.to(),
                            pair.facts().and("result", result));
        });
    }
}
