package dev.step.shell.command;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.frame.Json;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Values;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "data save",
        description = {
            "Keep a small value on the server.",
            "It is a JSON object: given as it is, or as texts with names."
        },
        customSynopsis = "data save KEY name=value…|JSON",
        footer = {
            "  data save build number=17 state=green",
            "  data save build '{\"number\": 17, \"hosts\": [\"a\", \"b\"]}'"
        })
final class DataSaveCommand implements ShellCommand {
    /** Fields in which a message says what it is: the protocol has no room for a user's field of that name. */
    private static final Set<String> RESERVED =
            Set.of("key", "operation", "direction", "type", "token", "status", "status_msg");

    private final ShellContext context;

    @Parameters(index = "0", paramLabel = "KEY", description = "where to keep it")
    private Operand key = new Operand("");

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "name=value", description = "texts, or one JSON object")
    private List<String> fields = List.of();

    DataSaveCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        Key where = key.key();
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
        if (fields.size() == 1 && fields.get(0).stripLeading().startsWith("{")) {
            return Json.parse(fields.get(0))
                    .orElseThrow(() -> new UsageException("that is no JSON object; quote it, as in '{\"n\":1}'"));
        }
        JsonObject value = new JsonObject();
        for (String field : fields) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw new UsageException("\"" + field + "\" is not of the form name=value");
            }
            value.addProperty(field.substring(0, equals), field.substring(equals + 1));
        }
        return value;
    }
}
