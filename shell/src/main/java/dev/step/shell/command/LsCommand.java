package dev.step.shell.command;

import dev.step.protocol.message.FileDetail;
import dev.step.protocol.message.FileList;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.RemoteFiles;
import dev.step.shell.progress.Quantity;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ls",
        description = "List the files on the server: size, time of the last change, key.",
        customSynopsis = "ls [-lh] [PREFIX|folder/]",
        footer = {
            "Keys with a slash are shown as folders; ls folder/ shows what is in one.",
            "",
            "  ls -l 2026/    the folder 2026, with digests"
        })
final class LsCommand implements ShellCommand {
    private static final String UNKNOWN = "-";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final ShellContext context;
    private final Table table = new Table(List.of(Table.Align.RIGHT, Table.Align.LEFT, Table.Align.LEFT));

    @Option(names = "-l", description = "show digests, too")
    private boolean digests;

    @Option(names = "-h", description = "show sizes in KiB, MiB, …")
    private boolean human;

    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "only keys that begin so")
    private Operand prefix = new Operand("");

    LsCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException {
        RemoteFiles remote = new RemoteFiles(context.session());
        Optional<String> after = Optional.empty();
        do {
            FileList page = remote.list(prefix.text(), true, true, after);
            page.folders().forEach(folder -> table.add(row(UNKNOWN, UNKNOWN, UNKNOWN, folder)));
            page.details().orElse(List.of()).forEach(file -> table.add(row(file)));
            after = page.after();
        } while (after.isPresent());
        table.lines().forEach(context.console()::line);
        return ExitStatus.OK;
    }

    private List<String> row(FileDetail file) {
        String digest =
                file.digests().stream().findFirst().map(known -> known.hex()).orElse(UNKNOWN);
        String size = human ? Quantity.size(file.size()) : Long.toString(file.size());
        return row(size, time(file.modified()), digest, file.key().text());
    }

    private List<String> row(String size, String time, String digest, String name) {
        List<String> row = new ArrayList<>(List.of(size, time));
        if (digests) {
            row.add(digest);
        }
        row.add(name);
        return row;
    }

    private static String time(Instant instant) {
        return TIME.format(instant.atZone(ZoneId.systemDefault()));
    }
}
