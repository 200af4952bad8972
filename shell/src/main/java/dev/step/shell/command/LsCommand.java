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
import picocli.CommandLine.Model.CommandSpec;

final class LsCommand implements ShellCommand {
    private static final String UNKNOWN = "-";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    /** The most files that are kept in memory to sort them. */
    private static final int MOST_SORTED = 1_000_000;

    private final ShellContext context;

    private final Flag digests = new Flag("-l", "show digests, too");

    private final Flag human = new Flag("-h", "show sizes in KiB, MiB, …");

    private final Single<Order> order = Single.option(Order.class, "--sort", "name|size|time", "by what to sort");

    private final Single<Operand> prefix = Single.operand(Operand.class, "PREFIX", "only keys that begin so");

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
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "List files: size, time of the last change, key.",
                        "Keys with a slash are shown as folders; ls folder/ shows what is in one. With --sort the "
                                + "largest and the newest files come last, where you see them.")
                .customSynopsis("ls [-lh] [--sort name|size|time] [PREFIX]")
                .footer(
                        "  ls -l 2026/                    the folder 2026, with digests",
                        "  ls -h --sort size              largest last, sizes in KiB, MiB, …");
        Argument.addAll(spec, digests, human, order, prefix);
    }

    @Override
    public ExitStatus run() throws ClientException {
        RemoteFiles remote = new RemoteFiles(context.session());
        String start = prefix.value().map(Operand::text).orElse("");
        Order wanted = order.value().orElse(Order.name);
        List<FileDetail> unsorted = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            FileList page = remote.list(start, true, true, after);
            List<FileDetail> files = page.details().orElse(List.of());
            if (wanted == Order.name) {
                show(page.folders(), files); // that is how they come
            } else {
                show(page.folders(), List.of());
                unsorted.addAll(files);
                checkCount(unsorted.size());
            }
            after = page.after();
        } while (after.isPresent());
        if (!unsorted.isEmpty()) {
            show(List.of(), unsorted.stream().sorted(wanted.comparator()).toList());
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
        String size = human.isGiven() ? Quantity.size(file.size()) : Long.toString(file.size());
        String time = TIME.format(file.modified().atZone(ZoneId.systemDefault()));
        return row(size, time, digest, file.key().text());
    }

    private List<String> row(String size, String time, String digest, String name) {
        return digests.isGiven() ? List.of(size, time, digest, name) : List.of(size, time, name);
    }

    private static Facts facts(FileDetail file) {
        Facts facts = Facts.of("key", file.key().text())
                .and("size", file.size())
                .and("modified", file.modified().toString());
        file.digests().forEach(facts::and);
        return facts;
    }
}
