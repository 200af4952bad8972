package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.TransferOptions;
import java.io.InputStream;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class PutCommand implements ShellCommand {
    private static final String STANDARD_INPUT = "-";

    private final ShellContext context;

    private final Flag replace = new Flag("--replace", "replace keys that have other content");

    private final Flag recursive = new Flag("-r", "send folders with everything in them");

    private final TransferFlags flags = new TransferFlags();

    private final Several<Operand> operands =
            Several.operands(Operand.class, Several.SOME, "FILE", "local files; *, ? and [a-z] stand for several");

    PutCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Send files, and compare what arrived.",
                        "A last operand that ends in a slash is a folder. With exactly two operands the second is the "
                                + "key. Otherwise the keys are the files' own names.",
                        "A key that has the same content already is a success. What was interrupted is kept on the "
                                + "server: the same put goes on from there.")
                .customSynopsis("put [-r] [--replace] FILE… [KEY|folder/]", "put - KEY")
                .footer(
                        "  put report.pdf                 under the key report.pdf",
                        "  put report.pdf 2026/may.pdf    under another key",
                        "  put *.pdf 2026/                several into a folder",
                        "  put -r photos                  a folder, under photos/…",
                        "  put - log                      standard input, with step-shell -c");
        Argument.addAll(spec, replace, recursive, flags, operands);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        List<Operand> given = operands.values();
        if (given.get(0).word().equals(STANDARD_INPUT)) {
            return putInput(given);
        }
        Failures failures = new Failures(context);
        return put(new UploadPairs(context, recursive.isGiven(), failures).of(given), failures);
    }

    private ExitStatus putInput(List<Operand> given) throws ClientException, UsageException {
        InputStream input = context.input()
                .orElseThrow(
                        () -> new UsageException("the commands come from standard input; use step-shell -c or -f"));
        if (given.size() != 2) {
            throw new UsageException("standard input goes to one key: put - KEY");
        }
        try (Spool spool = flags.isDryRun() ? Spool.nothing() : Spool.of(input)) {
            return put(List.of(new FilePair(spool.file(), given.get(1).key())), new Failures(context));
        }
    }

    private ExitStatus put(List<FilePair> pairs, Failures failures) throws ClientException, UsageException {
        if (flags.isDryRun()) {
            TransferLine.showPlan(context.output(), pairs, "would be sent");
            return failures.first();
        }
        TransferOptions options = flags.options(context.settings());
        Jobs jobs = new Jobs(
                context, pairs, failures, session -> new PutWorker(context, session, options, replace.isGiven()));
        context.progress().expectBytes(() -> FilePair.localBytes(pairs));
        return jobs.run(flags.jobs(context.settings()));
    }
}
