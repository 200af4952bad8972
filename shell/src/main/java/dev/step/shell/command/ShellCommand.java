package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import picocli.CommandLine.Model.CommandSpec;

/** One command whose options and operands are filled in when its line is parsed. */
public interface ShellCommand {
    /** Says what it is for, and what it can be given. */
    void describe(CommandSpec spec);

    /**
     * Does it.
     *
     * @return what it came to; failures other than of the whole command were reported already
     */
    ExitStatus run() throws ClientException, UsageException;
}
