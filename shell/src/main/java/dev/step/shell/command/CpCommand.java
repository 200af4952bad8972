package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import picocli.CommandLine.Model.CommandSpec;

final class CpCommand implements ShellCommand {
    private final ShellContext context;

    private final Relocation relocation = new Relocation();

    CpCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Copy files, on the server.",
                        "A last operand that ends in a slash is a folder. Each file is copied in one step. No bytes travel.")
                .customSynopsis("cp [-r] [--replace] KEY… KEY|folder/")
                .footer(
                        "  cp report.txt report.old       under another key",
                        "  cp *.pdf 2026/                 several into a folder",
                        "  cp -r photos/ backup/          the folder photos, to backup/photos/…");
        Argument.addAll(spec, relocation);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        return relocation.run(
                context, (remote, pair, replace) -> remote.copy(pair.from(), pair.to(), replace), "copied");
    }
}
