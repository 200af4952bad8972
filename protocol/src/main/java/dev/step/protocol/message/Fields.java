package dev.step.protocol.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The JSON part of a message, read by kind. Null is not absent: a field that is there but null or of another kind than
 * asked for is refused with 410, except that an optional field may be null, because old clients send such.
 */
public final class Fields {
    private final JsonObject object;

    public Fields(JsonObject object) {
        this.object = object;
    }

    /** Whether the field is there, null included. */
    boolean has(String name) {
        return object.has(name);
    }

    /** A needed text. */
    String text(String name) throws RefusedException {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    Optional<String> optionalText(String name) throws RefusedException {
        JsonElement value = present(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            return Optional.of(primitive.getAsString());
        }
        throw wrongKind(name, "a string");
    }

    /** A needed whole number; one too large for a long is the largest or smallest long. */
    long number(String name) throws RefusedException {
        JsonElement value = present(name);
        if (value == null) {
            throw missing(name);
        }
        return number(name, value);
    }

    OptionalLong optionalNumber(String name) throws RefusedException {
        JsonElement value = present(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(number(name, value));
    }

    /** A needed whole number that is not negative. */
    long amount(String name) throws RefusedException {
        return notNegative(name, number(name));
    }

    OptionalLong optionalAmount(String name) throws RefusedException {
        OptionalLong value = optionalNumber(name);
        return value.isPresent() ? OptionalLong.of(notNegative(name, value.getAsLong())) : value;
    }

    /** The needed size in bytes, from 0 to this most. */
    long size(long most) throws RefusedException {
        long size = amount(Field.SIZE);
        if (size > most) {
            throw new RefusedException(Status.BAD_FIELD, "Field \"size\" is more than " + most + ".");
        }
        return size;
    }

    /** A needed whole number; one too large for an int is the largest or smallest int. */
    int smallNumber(String name) throws RefusedException {
        return saturated(number(name));
    }

    OptionalInt optionalSmallNumber(String name) throws RefusedException {
        OptionalLong value = optionalNumber(name);
        return value.isPresent() ? OptionalInt.of(saturated(value.getAsLong())) : OptionalInt.empty();
    }

    /** True, false, or false when absent. */
    boolean flag(String name) throws RefusedException {
        JsonElement value = present(name);
        if (value == null) {
            return false;
        }
        if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        throw wrongKind(name, "true or false");
    }

    /** The needed key. */
    Key key() throws RefusedException {
        return Key.of(text(Field.KEY));
    }

    /** The key, where the server may make one: empty when absent, null or the empty text. */
    Optional<Key> optionalKey() throws RefusedException {
        Optional<String> text = optionalText(Field.KEY).filter(key -> !key.isEmpty());
        return text.isPresent() ? Optional.of(Key.of(text.get())) : Optional.empty();
    }

    Optional<Digest> optionalDigest(String name, DigestAlgorithm algorithm) throws RefusedException {
        Optional<String> text = optionalText(name);
        return text.isPresent() ? Optional.of(Digest.parse(algorithm, text.get())) : Optional.empty();
    }

    /** The strings of a list; empty when the field is absent. */
    Optional<List<String>> optionalTexts(String name) throws RefusedException {
        JsonElement value = present(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonArray array)) {
            throw wrongKind(name, "a list of strings");
        }
        List<String> texts = new ArrayList<>(array.size());
        for (JsonElement element : array) {
            if (!(element instanceof JsonPrimitive primitive && primitive.isString())) {
                throw wrongKind(name, "a list of strings");
            }
            texts.add(element.getAsString());
        }
        return Optional.of(texts);
    }

    /** The objects of a list; empty when the field is absent. */
    Optional<List<Fields>> optionalObjects(String name) throws RefusedException {
        JsonElement value = present(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonArray array)) {
            throw wrongKind(name, "a list of objects");
        }
        List<Fields> objects = new ArrayList<>(array.size());
        for (JsonElement element : array) {
            if (!(element instanceof JsonObject member)) {
                throw wrongKind(name, "a list of objects");
            }
            objects.add(new Fields(member));
        }
        return Optional.of(objects);
    }

    /** The JSON object itself. */
    JsonObject object() {
        return object;
    }

    private @Nullable JsonElement present(String name) {
        JsonElement value = object.get(name);
        return value == null || value.isJsonNull() ? null : value;
    }

    private static long number(String name, JsonElement value) throws RefusedException {
        if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            String digits = primitive.getAsString();
            if (isWhole(digits)) {
                return nearestLong(digits);
            }
        }
        throw wrongKind(name, "a whole number");
    }

    private static boolean isWhole(String digits) {
        for (int i = digits.startsWith("-") ? 1 : 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static long nearestLong(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static long notNegative(String name, long value) throws RefusedException {
        if (value < 0) {
            throw new RefusedException(Status.BAD_FIELD, "Field \"" + name + "\" is negative.");
        }
        return value;
    }

    private static int saturated(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    private static RefusedException missing(String name) {
        return new RefusedException(Status.BAD_FIELD, "Field \"" + name + "\" is missing.");
    }

    private static RefusedException wrongKind(String name, String kind) {
        return new RefusedException(Status.BAD_FIELD, "Field \"" + name + "\" has to be " + kind + ".");
    }
}
