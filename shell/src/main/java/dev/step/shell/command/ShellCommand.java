package dev.step.shell.command;

import dev.step.shell.client.ClientException;

/** One command whose options and operands are filled in. */
@FunctionalInterface
public interface ShellCommand {
    /**
     * Does it.
     *
     * @return what it came to; failures other than of the whole command were reported already
     */
    ExitStatus run() throws ClientException, UsageException;
}
