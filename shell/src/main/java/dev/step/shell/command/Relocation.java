package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.RemoteFiles;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code mv} and {@code cp} have in common: all but what happens to one file. */
final class Relocation implements Argument {
    private final Flag replace = new Flag("--replace", "replace a file that has the new key");

    private final Flag recursive = new Flag("-r", "take folders (folder/) with everything in them");

    @Override
    public void addTo(CommandSpec spec) {
        Argument.addAll(spec, replace, recursive, operands);
    }

    private final Several<Operand> operands = Several.operands(
            Operand.class, Several.SOME, "KEY", "*, ? and [a-z] stand for several; the last one is where to");

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
        List<KeyPair> pairs = new KeyPairs(new RemoteOperands(remote), recursive.isGiven()).of(operands.values());
        return Each.of(context, pairs, KeyPair::facts, pair -> {
            step.apply(remote, pair, replace.isGiven());
            context.output()
                    .done(
                            pair.from() + "  " + result + " to " + pair.to(),
                            pair.facts().and("result", result));
        });
    }
}
