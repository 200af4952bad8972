package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "lls", description = "List a local folder: size, name.", customSynopsis = "lls [FOLDER]")
final class LlsCommand implements ShellCommand {
    private final ShellContext context;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "default: the folder that lpwd shows")
    private Operand target = new Operand("");

    LlsCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        Path folder = target.path(context.folder()).toAbsolutePath();
        Table table = new Table(List.of(Table.Align.RIGHT));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                boolean isFolder = Files.isDirectory(file);
                String name = String.valueOf(file.getFileName());
                table.add(
                        List.of(isFolder ? "-" : Long.toString(file.toFile().length()), isFolder ? name + "/" : name));
            }
        } catch (IOException e) {
            throw ClientException.local(folder, e);
        }
        table.lines().forEach(context.console()::line);
        return ExitStatus.OK;
    }
}
