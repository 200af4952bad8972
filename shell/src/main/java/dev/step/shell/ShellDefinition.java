package dev.step.shell;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** The command line of {@code step-shell} for tools that want an annotated class: those that write its manual page. */
@Command(name = "step-shell", modelTransformer = ShellDefinition.Described.class)
final class ShellDefinition {
    /** What {@link ShellOptions} says, in place of nothing. */
    static final class Described implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec nothing) {
            return new CommandLine(new ShellOptions().spec()).getCommandSpec(); // such tools ask it for its parser
        }
    }
}
