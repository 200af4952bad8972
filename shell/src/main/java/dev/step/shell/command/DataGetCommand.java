package dev.step.shell.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Values;
import picocli.CommandLine.Model.CommandSpec;

final class DataGetCommand implements ShellCommand {
    private static final Gson TEXT =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private final ShellContext context;

    private final Single<Operand> key = Single.required(Operand.class, "KEY", "which one");

    DataGetCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description("Show a value, as one line of JSON.")
                .customSynopsis("data get KEY")
                .footer("  data get build");
        Argument.addAll(spec, key);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        Key wanted = key.value().orElseThrow().key();
        JsonObject value = new Values(context.session()).get(wanted);
        Facts facts = Facts.of("key", wanted.text()).and("value", value);
        context.output().answer(TEXT.toJson(value), facts);
        return ExitStatus.OK;
    }
}
