package dev.step.shell.command;

import dev.step.shell.client.PasswordCommand;
import dev.step.shell.client.PasswordFile;
import dev.step.shell.client.PasswordSource;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Where a password comes from, said in a way that never shows it. */
public final class PasswordOptions implements Argument {
    private final Single<String> file =
            Single.option(String.class, "--password-file", "FILE", "the password is the file's first line");

    private final Single<String> command =
            Single.option(String.class, "--password-command", "COMMAND", "it is the first line this prints");

    @Override
    public void addTo(CommandSpec spec) {
        Argument.addAll(spec, file, command);
    }

    /**
     * The source that was named, if one was.
     *
     * @param folder where a file's name starts
     */
    public Optional<PasswordSource> source(Path folder) throws UsageException {
        Optional<String> fileName = file.value();
        Optional<String> line = command.value();
        if (fileName.isPresent() && line.isPresent()) {
            throw new UsageException("--password-file and --password-command exclude each other");
        }
        if (fileName.isPresent()) {
            return Optional.of(new PasswordFile(new Operand(fileName.get()).path(folder)));
        }
        return line.map(PasswordCommand::new);
    }
}
