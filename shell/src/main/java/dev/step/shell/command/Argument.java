package dev.step.shell.command;

import picocli.CommandLine.Model.CommandSpec;

/**
 * A part of a command line: an option, operands, or several of those that belong together. It is described by calls and
 * not by annotations, because those become classes that the JVM makes up anew at every start.
 */
public interface Argument {
    /** Lets the command be given this, too. */
    void addTo(CommandSpec spec);

    /** Lets the command be given all of these; help shows them in this order. */
    static void addAll(CommandSpec spec, Argument... arguments) {
        for (Argument argument : arguments) {
            argument.addTo(spec);
        }
    }
}
