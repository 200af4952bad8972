package dev.step.shell.command;

import com.google.gson.GsonBuilder;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Values;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "data get", description = "Show a value, as one line of JSON.", customSynopsis = "data get KEY")
final class DataGetCommand implements ShellCommand {
    private final ShellContext context;

    @Parameters(paramLabel = "KEY", description = "which one")
    private Operand key = new Operand("");

    DataGetCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        context.console()
                .line(new GsonBuilder()
                        .serializeNulls()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(new Values(context.session()).get(key.key())));
        return ExitStatus.OK;
    }
}
