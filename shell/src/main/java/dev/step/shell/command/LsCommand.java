package dev.step.shell.command;

import dev.step.protocol.Digest;
import dev.step.protocol.message.FileDetail;
import dev.step.protocol.message.FileList;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import dev.step.shell.client.RemoteFiles;
import dev.step.shell.console.Style;
import dev.step.shell.progress.Quantity;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ls",
        description = {
            "List files: size, time of the last change, key.",
            "Keys with a slash are shown as folders; ls folder/ shows what is in one. With --sort the "
                    + "largest and the newest files come last, where you see them."
        },
        customSynopsis = "ls [-lh] [--sort name|size|time] [PREFIX]",
        footer = {
            "  ls -l 2026/                    the folder 2026, with digests",
            "  ls -h --sort size              largest last, sizes in KiB, MiB, …"
        })
final class LsCommand implements ShellCommand {
    private static final String UNKNOWN = "-";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    /** The most files that are kept in memory to sort them. */
    private static final int MOST_SORTED = 1_000_000;

    private final ShellContext context;

    @Option(names = "-l", description = "show digests, too")
    private boolean digests;

    @Option(names = "-h", description = "show sizes in KiB, MiB, …")
    private boolean human;

    @Option(names = "--sort", paramLabel = "name|size|time", description = "by what to sort")
    private Order order = Order.name;

    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "only keys that begin so")
    private Operand prefix = new Operand("");

    /** Named as the user writes them. */
    @SuppressWarnings("MemberName")
    enum Order {
        name,
        size,
        time;

        Comparator<FileDetail> comparator() {
            return switch (this) {
                case name -> Comparator.comparing(FileDetail::key);
                case size -> Comparator.comparingLong(FileDetail::size);
                case time -> Comparator.comparing(FileDetail::modified);
            };
        }
    }

    LsCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException {
        RemoteFiles remote = new RemoteFiles(context.session());
        List<FileDetail> unsorted = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            FileList page = remote.list(prefix.text(), true, true, after);
            List<FileDetail> files = page.details().orElse(List.of());
            if (order == Order.name) {
                show(page.folders(), files); // that is how they come
            } else {
                show(page.folders(), List.of());
                unsorted.addAll(files);
                checkCount(unsorted.size());
            }
            after = page.after();
        } while (after.isPresent());
        if (!unsorted.isEmpty()) {
            show(List.of(), unsorted.stream().sorted(order.comparator()).toList());
        }
        return ExitStatus.OK;
    }

    private static void checkCount(int files) throws ClientException {
        if (files > MOST_SORTED) {
            throw new ClientException(
                    Problem.UNSUPPORTED, "more than " + MOST_SORTED + " files cannot be sorted; list fewer");
        }
    }

    private void show(List<String> folders, List<FileDetail> files) {
        Table table = new Table(List.of(Table.Align.RIGHT));
        folders.forEach(
                folder -> table.add(row(UNKNOWN, UNKNOWN, UNKNOWN, folder), Style.FOLDER, Facts.of("folder", folder)));
        files.forEach(file -> table.add(row(file), facts(file)));
        context.output().table(table);
    }

    private List<String> row(FileDetail file) {
        String digest = file.digests().stream().findFirst().map(Digest::hex).orElse(UNKNOWN);
        String size = human ? Quantity.size(file.size()) : Long.toString(file.size());
        String time = TIME.format(file.modified().atZone(ZoneId.systemDefault()));
        return row(size, time, digest, file.key().text());
    }

    private List<String> row(String size, String time, String digest, String name) {
        return digests ? List.of(size, time, digest, name) : List.of(size, time, name);
    }

    private static Facts facts(FileDetail file) {
        Facts facts = Facts.of("key", file.key().text())
                .and("size", file.size())
                .and("modified", file.modified().toString());
        file.digests().forEach(facts::and);
        return facts;
    }
}
