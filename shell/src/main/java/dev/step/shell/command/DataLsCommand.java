package dev.step.shell.command;

import dev.step.protocol.message.DataList;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Values;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

final class DataLsCommand implements ShellCommand {
    private final ShellContext context;

    private final Single<String> prefix = Single.operand(String.class, "PREFIX", "only keys that begin so");

    DataLsCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description("List the keys of the values.")
                .customSynopsis("data ls [PREFIX]")
                .footer("  data ls build/                 those that begin so");
        Argument.addAll(spec, prefix);
    }

    @Override
    public ExitStatus run() throws ClientException {
        Values values = new Values(context.session());
        Optional<String> after = Optional.empty();
        do {
            DataList page = values.list(prefix.value().orElse(""), after);
            page.keys().forEach(key -> context.output().answer(key.text(), Facts.of("key", key.text())));
            after = page.after();
        } while (after.isPresent());
        return ExitStatus.OK;
    }
}
