package dev.step.shell.command;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.frame.Json;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Values;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

final class DataSaveCommand implements ShellCommand {
    /** Fields in which a message says what it is: the protocol has no room for a user's field of that name. */
    private static final Set<String> RESERVED =
            Set.of("key", "operation", "direction", "type", "token", "status", "status_msg");

    private final ShellContext context;

    private final Single<Operand> key = Single.required(Operand.class, "KEY", "where to keep it");

    private final Several<String> fields = Several.further(String.class, "name=value", "texts, or one JSON object");

    DataSaveCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Keep a small value on the server.",
                        "It is a JSON object: given as it is, or as texts with names.")
                .customSynopsis("data save KEY name=value…|JSON")
                .footer(
                        "  data save build number=17 state=green",
                        "  data save build '{\"number\": 17, \"hosts\": [\"a\", \"b\"]}'");
        Argument.addAll(spec, key, fields);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        Key where = key.value().orElseThrow().key();
        JsonObject value = value();
        for (String name : value.keySet()) {
            if (RESERVED.contains(name)) {
                throw new UsageException("a field cannot be called \"" + name + "\": the protocol needs that name");
            }
        }
        new Values(context.session()).save(where, value);
        context.output().done(where + "  saved", Facts.of("key", where.text()).and("result", "saved"));
        return ExitStatus.OK;
    }

    private JsonObject value() throws UsageException {
        List<String> words = fields.values();
        if (words.size() == 1 && words.get(0).stripLeading().startsWith("{")) {
            return Json.parse(words.get(0))
                    .orElseThrow(() -> new UsageException("that is no JSON object; quote it, as in '{\"n\":1}'"));
        }
        JsonObject value = new JsonObject();
        for (String field : words) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw new UsageException("\"" + field + "\" is not of the form name=value");
            }
            value.addProperty(field.substring(0, equals), field.substring(equals + 1));
        }
        return value;
    }
}
