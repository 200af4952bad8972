package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Values;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "data rm", description = "Remove values.", customSynopsis = "data rm KEY…", footer = "  data rm build")
final class DataRmCommand implements ShellCommand {
    private final ShellContext context;

    @Parameters(arity = "1..*", paramLabel = "KEY", description = "which ones")
    private List<Operand> operands = List.of();

    DataRmCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        List<Key> keys = new ArrayList<>();
        for (Operand operand : operands) {
            keys.add(operand.key());
        }
        Values values = new Values(context.session());
        return Each.of(context, keys, key -> Facts.of("key", key.text()), key -> {
            values.delete(key);
            context.output().done(key + "  removed", Facts.of("key", key.text()).and("result", "removed"));
        });
    }
}
