package dev.step.shell.command;

import com.google.gson.JsonObject;
import dev.step.protocol.Digest;
import dev.step.protocol.frame.Json;
import java.nio.charset.StandardCharsets;

/** What a program is told with {@code --json}: one object in one line, in names that stay. */
final class Facts {
    private final JsonObject fields = new JsonObject();

    private Facts() {}

    static Facts none() {
        return new Facts();
    }

    static Facts of(String name, String value) {
        return new Facts().and(name, value);
    }

    Facts and(String name, String value) {
        fields.addProperty(name, value);
        return this;
    }

    Facts and(String name, Number value) {
        fields.addProperty(name, value);
        return this;
    }

    Facts and(String name, JsonObject value) {
        fields.add(name, value);
        return this;
    }

    Facts and(Digest digest) {
        return and(digest.algorithm().fieldName(), digest.hex());
    }

    /** The line, in pure ASCII. */
    @Override
    public String toString() {
        return new String(Json.encode(fields), StandardCharsets.US_ASCII);
    }
}
