package dev.step.shell.command;

import dev.step.shell.client.PasswordCommand;
import dev.step.shell.client.PasswordFile;
import dev.step.shell.client.PasswordSource;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a password comes from, said in a way that never shows it. */
public final class PasswordOptions {
    @Option(names = "--password-file", paramLabel = "FILE", description = "the password is the file's first line")
    private @Nullable String file;

    @Option(names = "--password-command", paramLabel = "COMMAND", description = "it is the first line this prints")
    private @Nullable String command;

    /**
     * The source that was named, if one was.
     *
     * @param folder where a file's name starts
     */
    public Optional<PasswordSource> source(Path folder) throws UsageException {
        String fileName = file;
        String line = command;
        if (fileName != null && line != null) {
            throw new UsageException("--password-file and --password-command exclude each other");
        }
        if (fileName != null) {
            return Optional.of(new PasswordFile(new Operand(fileName).path(folder)));
        }
        return line == null ? Optional.empty() : Optional.of(new PasswordCommand(line));
    }
}
