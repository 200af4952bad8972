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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Compare local files with the server's.",
            "By size and digest: no file is moved. Operands are read as put reads them: what put sent, "
                    + "verify compares. The exit status is 5 when content differs and 6 when one side has no such "
                    + "file.",
            "A LIST is one of md5sum: with --sums the server's files are compared with it, and no local file "
                    + "is needed; --write-sums writes what both sides have."
        },
        customSynopsis = {
            "verify [-r] [--repair] FILE… [KEY|folder/]",
            "verify --sums LIST [folder/]",
            "verify --remote KEY…"
        },
        footer = {
            "  verify report.pdf              with the key report.pdf",
            "  verify report.pdf 2026/may.pdf with another key",
            "  verify -r --repair photos      send again what differs or is missing",
            "  verify --remote photos/*       have the server read its files again",
            "  verify --sums MD5SUMS backup/  backup/NAME for each NAME in the list"
        })
final class VerifyCommand implements ShellCommand {
    private final ShellContext context;
    private final List<Md5Sums.Entry> equal = new ArrayList<>();

    @Option(names = "-r", description = "compare folders with everything in them")
    private boolean recursive;

    @Option(names = "--repair", description = "send files again that differ or are not on the server")
    private boolean repair;

    @Option(names = "--remote", description = "have the server read these keys again")
    private boolean remote;

    @Option(names = "--sums", paramLabel = "LIST", description = "compare the server's files with this list")
    private @Nullable Operand sums;

    @Option(names = "--write-sums", paramLabel = "LIST", description = "write the digests of what is equal")
    private @Nullable Operand newSums;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "local files; *, ? and [a-z] stand for several")
    private List<Operand> operands = List.of();

    VerifyCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        if (remote) {
            return readAgain();
        }
        Operand list = sums;
        if (list != null) {
            return compareWith(list);
        }
        if (operands.isEmpty()) {
            throw new UsageException("name the files to compare, or a list with --sums");
        }
        Failures failures = new Failures(context);
        List<FilePair> pairs = new UploadPairs(context, recursive, failures).of(operands);
        Session session = context.session();
        if (newSums != null) {
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
        Operand newList = newSums;
        if (newList != null) {
            new Md5Sums(equal).write(newList.path(context.folder()));
        }
        return status;
    }

    private void verify(Verifier verifier, Repairer repairer, FilePair pair) throws ClientException {
        try (Progress progress = context.progress().start(pair.key().text())) {
            RemoteFile both = verifier.verify(pair.file(), pair.key(), progress);
            equal.add(new Md5Sums.Entry(nameFromHere(pair.file()), both.digest()));
            tellEqual(both, pair.facts());
        } catch (ClientException e) {
            if (!repair || !Repairer.canRepair(e.problem(), pair)) {
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

    private ExitStatus compareWith(Operand list) throws ClientException, UsageException {
        if (operands.size() > 1 || repair || recursive || newSums != null) {
            throw new UsageException("--sums goes with one folder/ at most, and with no other option");
        }
        Md5Sums expected = Md5Sums.read(list.path(context.folder()));
        String folder = operands.isEmpty() ? "" : operands.get(0).text();
        Verifier verifier = new Verifier(context.session());
        return Each.of(context, expected.entries(), entry -> Facts.of("key", folder + entry.name()), entry -> {
            Key key = keyOf(folder + entry.name().replaceFirst("^\\./", ""));
            tellEqual(verifier.verify(entry.digest(), key), Facts.of("key", key.text()));
        });
    }

    private ExitStatus readAgain() throws ClientException, UsageException {
        if (operands.isEmpty() || sums != null || repair || recursive || newSums != null) {
            throw new UsageException("--remote goes with keys, and with no other option");
        }
        RemoteFiles files = new RemoteFiles(context.session());
        List<Key> keys = new RemoteOperands(files).expand(operands);
        return Each.of(
                context,
                keys,
                key -> Facts.of("key", key.text()),
                key -> tellEqual(files.readAgain(key), Facts.of("key", key.text())));
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
