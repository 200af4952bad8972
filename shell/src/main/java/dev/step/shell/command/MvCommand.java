package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import picocli.CommandLine.Model.CommandSpec;

final class MvCommand implements ShellCommand {
    private final ShellContext context;

    private final Relocation relocation = new Relocation();

    MvCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Give files other keys.",
                        "A last operand that ends in a slash is a folder. Each file is moved in one step: there is no "
                                + "moment without it. No bytes travel.")
                .customSynopsis("mv [-r] [--replace] KEY… KEY|folder/")
                .footer(
                        "  mv draft.txt report.txt        another key",
                        "  mv *.pdf 2026/                 several into a folder",
                        "  mv -r photos/ archive/         the folder photos, to archive/photos/…",
                        "  mv -r photos/ pictures         the folder photos, to pictures/…");
        Argument.addAll(spec, relocation);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        return relocation.run(
                context, (remote, pair, replace) -> remote.move(pair.from(), pair.to(), replace), "moved");
    }
}
