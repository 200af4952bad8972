package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.console.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

final class LlsCommand implements ShellCommand {
    private static final Operand HERE = new Operand("");

    private final ShellContext context;

    private final Single<Operand> target =
            Single.operand(Operand.class, "FOLDER", "default: the folder that lpwd shows");

    LlsCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description("List a local folder: size, name.")
                .customSynopsis("lls [FOLDER]")
                .footer("  lls ..");
        Argument.addAll(spec, target);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        Path folder = target.value().orElse(HERE).path(context.folder()).toAbsolutePath();
        Table table = new Table(List.of(Table.Align.RIGHT));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                add(table, file);
            }
        } catch (IOException e) {
            throw ClientException.local(folder, e);
        }
        context.output().table(table);
        return ExitStatus.OK;
    }

    private static void add(Table table, Path file) {
        String name = String.valueOf(file.getFileName());
        if (Files.isDirectory(file)) {
            table.add(List.of("-", name + "/"), Style.FOLDER, Facts.of("folder", name + "/"));
        } else {
            long size = file.toFile().length();
            table.add(List.of(Long.toString(size), name), Facts.of("file", name).and("size", size));
        }
    }
}
