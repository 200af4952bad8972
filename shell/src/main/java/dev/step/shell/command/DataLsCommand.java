package dev.step.shell.command;

import dev.step.protocol.message.DataList;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Values;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "data ls",
        description = "List the keys of the values.",
        customSynopsis = "data ls [PREFIX]",
        footer = "  data ls build/                 those that begin so")
final class DataLsCommand implements ShellCommand {
    private final ShellContext context;

    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "only keys that begin so")
    private String prefix = "";

    DataLsCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException {
        Values values = new Values(context.session());
        Optional<String> after = Optional.empty();
        do {
            DataList page = values.list(prefix, after);
            page.keys().forEach(key -> context.output().answer(key.text(), Facts.of("key", key.text())));
            after = page.after();
        } while (after.isPresent());
        return ExitStatus.OK;
    }
}
