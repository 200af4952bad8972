package dev.step.shell.command;

import dev.step.protocol.Feature;
import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.DigestPreference;
import dev.step.shell.client.Problem;
import dev.step.shell.client.RemoteFile;
import dev.step.shell.client.RemoteFiles;
import dev.step.shell.client.Session;
import dev.step.shell.client.TransferOptions;
import dev.step.shell.client.Uploader;
import dev.step.shell.client.Verifier;
import dev.step.shell.progress.Progress;
import dev.step.shell.progress.Quantity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

final class VerifyCommand implements ShellCommand {
    private final ShellContext context;
    private final List<Md5Sums.Entry> equal = new ArrayList<>();

    private final Flag recursive = new Flag("-r", "compare folders with everything in them");

    private final Flag repair = new Flag("--repair", "send files again that differ or are not on the server");

    private final Flag remote = new Flag("--remote", "have the server read these keys again");

    private final Single<Operand> sums =
            Single.option(Operand.class, "--sums", "LIST", "compare the server's files with this list");

    private final Single<Operand> newSums =
            Single.option(Operand.class, "--write-sums", "LIST", "write the digests of what is equal");

    private final Several<Operand> operands =
            Several.operands(Operand.class, Several.ANY, "FILE", "local files; *, ? and [a-z] stand for several");

    VerifyCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Compare local files with the server's.",
                        "By size and digest: no file is moved. Operands are read as put reads them: what put sent, "
                                + "verify compares. The exit status is 5 when content differs and 6 when one side has no such "
                                + "file.",
                        "A LIST is one of md5sum: with --sums the server's files are compared with it, and no local file "
                                + "is needed; --write-sums writes what both sides have.")
                .customSynopsis(
                        "verify [-r] [--repair] FILE… [KEY|folder/]",
                        "verify --sums LIST [folder/]",
                        "verify --remote KEY…")
                .footer(
                        "  verify report.pdf              with the key report.pdf",
                        "  verify report.pdf 2026/may.pdf with another key",
                        "  verify -r --repair photos      send again what differs or is missing",
                        "  verify --remote photos/*       have the server read its files again",
                        "  verify --sums MD5SUMS backup/  backup/NAME for each NAME in the list");
        Argument.addAll(spec, recursive, repair, remote, sums, newSums, operands);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        List<Operand> given = operands.values();
        if (remote.isGiven()) {
            return readAgain(given);
        }
        if (sums.value().isPresent()) {
            return compareWith(sums.value().get(), given);
        }
        if (given.isEmpty()) {
            throw new UsageException("name the files to compare, or a list with --sums");
        }
        Failures failures = new Failures(context);
        List<FilePair> pairs = new UploadPairs(context, recursive.isGiven(), failures).of(given);
        Session session = context.session();
        Optional<Operand> newList = newSums.value();
        if (newList.isPresent()) {
            session.compareBy(DigestPreference.MD5); // that is what such a list has
        }
        Verifier verifier = new Verifier(session);
        Repairer repairer = new Repairer(
                context,
                new RemoteFiles(session),
                new Uploader(session, TransferOptions.DEFAULT),
                session.offers(Feature.REPLACE));
        context.progress().expectFiles(pairs.size());
        context.progress().expectBytes(() -> FilePair.localBytes(pairs));
        ExitStatus status = Each.of(failures, pairs, FilePair::facts, pair -> verify(verifier, repairer, pair));
        if (newList.isPresent()) {
            new Md5Sums(equal).write(newList.get().path(context.folder()));
        }
        return status;
    }

    private void verify(Verifier verifier, Repairer repairer, FilePair pair) throws ClientException {
        try (Progress progress = context.progress().start(pair.key().text())) {
            RemoteFile both = verifier.verify(pair.file(), pair.key(), progress);
            equal.add(new Md5Sums.Entry(nameFromHere(pair.file()), both.digest()));
            tellEqual(both, pair.facts());
        } catch (ClientException e) {
            if (!repair.isGiven() || !Repairer.canRepair(e.problem(), pair)) {
                throw e;
            }
            repairer.repair(pair, e);
        }
    }

    /** As {@code md5sum -c} finds it in the folder that {@code lpwd} shows. */
    private String nameFromHere(Path file) {
        Path folder = context.folder();
        return (file.startsWith(folder) ? folder.relativize(file) : file).toString();
    }

    private ExitStatus compareWith(Operand list, List<Operand> given) throws ClientException, UsageException {
        if (given.size() > 1 || changesWhatIsCompared()) {
            throw new UsageException("--sums goes with one folder/ at most, and with no other option");
        }
        Md5Sums expected = Md5Sums.read(list.path(context.folder()));
        String folder = given.isEmpty() ? "" : given.get(0).text();
        Verifier verifier = new Verifier(context.session());
        return Each.of(context, expected.entries(), entry -> Facts.of("key", folder + entry.name()), entry -> {
            Key key = keyOf(folder + entry.name().replaceFirst("^\\./", ""));
            tellEqual(verifier.verify(entry.digest(), key), Facts.of("key", key.text()));
        });
    }

    private ExitStatus readAgain(List<Operand> given) throws ClientException, UsageException {
        if (given.isEmpty() || sums.value().isPresent() || changesWhatIsCompared()) {
            throw new UsageException("--remote goes with keys, and with no other option");
        }
        RemoteFiles files = new RemoteFiles(context.session());
        List<Key> keys = new RemoteOperands(files).expand(given);
        return Each.of(
                context,
                keys,
                key -> Facts.of("key", key.text()),
                key -> tellEqual(files.readAgain(key), Facts.of("key", key.text())));
    }

    /** Whether there is an option for which local files have to be there. */
    private boolean changesWhatIsCompared() {
        return repair.isGiven() || recursive.isGiven() || newSums.value().isPresent();
    }

    private static Key keyOf(String name) throws ClientException {
        try {
            return Operand.keyOf(name);
        } catch (UsageException e) {
            throw new ClientException(Problem.NOT_FOUND, String.valueOf(e.getMessage()));
        }
    }

    private void tellEqual(RemoteFile both, Facts facts) {
        context.output()
                .done(
                        both.key() + "  " + Quantity.size(both.size()) + "  ",
                        both.digest().algorithm() + " ok",
                        facts.and("size", both.size()).and(both.digest()).and("result", "equal"));
    }
}
