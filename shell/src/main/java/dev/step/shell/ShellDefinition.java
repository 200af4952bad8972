package dev.step.shell;

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
            return new ShellOptions().spec();
        }
    }
}
