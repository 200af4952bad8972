package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Downloader;
import dev.step.shell.client.Problem;
import dev.step.shell.client.RemoteFiles;
import dev.step.shell.client.Transfer;
import dev.step.shell.client.TransferOptions;
import dev.step.shell.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class GetCommand implements ShellCommand {
    private static final String STANDARD_OUTPUT = "-";

    private final ShellContext context;

    private final Flag replace = new Flag("--replace", "replace local files that have other content");

    private final Flag recursive = new Flag("-r", "fetch folders (folder/) with everything in them");

    private final TransferFlags flags = new TransferFlags();

    private final Several<Operand> operands = Several.operands(
            Operand.class, Several.SOME, "KEY", "keys on the server; *, ? and [a-z] stand for several");

    GetCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Fetch files, and compare what arrived.",
                        "A last operand that ends in a slash is a local folder. With exactly two operands the second is "
                                + "the local file, or the folder if it is one. Otherwise the files are named as the last segments "
                                + "of the keys.",
                        "A file that has the same content already is a success. What was interrupted is kept beside the "
                                + "file: the same get goes on from there.")
                .customSynopsis("get [-r] [--replace] KEY… [FILE|folder/]", "get KEY -")
                .footer(
                        "  get report.pdf                 to report.pdf in this folder",
                        "  get 2026/may.pdf report.pdf    to another name",
                        "  get 2026/*.pdf reports/        several into a folder",
                        "  get -r photos/                 everything in photos/, to the folder photos",
                        "  get notes.txt -                to standard output");
        Argument.addAll(spec, replace, recursive, flags, operands);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        RemoteOperands keys = new RemoteOperands(new RemoteFiles(context.session()));
        TransferOptions options = flags.options(context.settings());
        List<Operand> given = operands.values();
        if (given.size() == 2 && Sides.last(given).word().equals(STANDARD_OUTPUT)) {
            List<Key> wanted = keys.expand(given.get(0));
            return new CatCommand.Writer(context, new Downloader(context.session(), options)).write(wanted);
        }
        List<FilePair> pairs = new DownloadPairs(keys, context.folder(), recursive.isGiven()).of(given);
        if (flags.isDryRun()) {
            TransferLine.showPlan(context.output(), pairs, "would be fetched");
            return ExitStatus.OK;
        }
        Jobs jobs = new Jobs(
                context, pairs, new Failures(context), session -> new GetWorker(new Downloader(session, options)));
        return jobs.run(flags.jobs(context.settings()));
    }

    private void get(Downloader downloader, FilePair pair) throws ClientException {
        String name = pair.key().text();
        if (name.endsWith("/")) {
            throw new ClientException(
                    Problem.LOCAL_FILE, "key " + name + " ends in a slash, which no file here can; cat shows it");
        }
        if (recursive.isGiven()) {
            makeFolderOf(pair.file());
        }
        try (Progress progress = context.progress().start(name)) {
            Transfer transfer = downloader.get(pair.key(), pair.file(), replace.isGiven(), progress);
            context.output().done(new TransferLine(pair, transfer, "fetched"));
        }
    }

    private static void makeFolderOf(Path file) throws ClientException {
        Path folder = file.getParent();
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw ClientException.local(folder, e);
        }
    }

    /** Fetches files one by one. */
    private final class GetWorker implements Jobs.Worker {
        private final Downloader downloader;

        GetWorker(Downloader downloader) {
            this.downloader = downloader;
        }

        @Override
        public void transfer(FilePair pair, Jobs.LeftOver leftOver) throws ClientException {
            transferAlone(pair);
        }

        @Override
        public void transferAlone(FilePair pair) throws ClientException {
            get(downloader, pair);
        }

        @Override
        public void finish() {
            // nothing is begun that has not ended
        }
    }
}
