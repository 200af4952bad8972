package dev.step.protocol.frame;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * Writes JSON in pure ASCII, in one pass: every message is written so. Characters beyond ASCII, which JSON has inside of
 * strings only, become {@code \}{@code uXXXX}.
 */
final class JsonEncoder {
    private static final HexFormat HEX = HexFormat.of();
    private static final int USUAL_BYTES = 512;
    private static final char FIRST_BEYOND_ASCII = 0x80;

    private byte[] bytes;
    private int length;

    private JsonEncoder(int room) {
        this.bytes = new byte[room + USUAL_BYTES];
        this.length = room;
    }

    /** The object's text, behind so many bytes that are left to be filled. */
    static byte[] encode(JsonObject object, int room) {
        JsonEncoder encoder = new JsonEncoder(room);
        encoder.object(object);
        return Arrays.copyOf(encoder.bytes, encoder.length);
    }

    private void value(JsonElement value) {
        if (value instanceof JsonPrimitive primitive) {
            primitive(primitive);
        } else if (value instanceof JsonObject object) {
            object(object);
        } else if (value instanceof JsonArray array) {
            array(array);
        } else {
            ascii("null");
        }
    }

    private void object(JsonObject object) {
        put('{');
        boolean first = true;
        for (Map.Entry<String, JsonElement> field : object.entrySet()) {
            if (!first) {
                put(',');
            }
            first = false;
            text(field.getKey());
            put(':');
            value(field.getValue());
        }
        put('}');
    }

    private void array(JsonArray array) {
        put('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                put(',');
            }
            value(array.get(i));
        }
        put(']');
    }

    private void primitive(JsonPrimitive primitive) {
        if (primitive.isString()) {
            text(primitive.getAsString());
        } else {
            ascii(primitive.getAsString());
        }
    }

    private void text(String text) {
        makeRoom(text.length() + 2);
        bytes[length++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < FIRST_BEYOND_ASCII && c != '"' && c != '\\') {
                bytes[length++] = (byte) c;
            } else {
                escape(c);
                makeRoom(text.length() - i); // with the quote
            }
        }
        bytes[length++] = '"';
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> ascii("\\" + c);
            case '\b' -> ascii("\\b");
            case '\f' -> ascii("\\f");
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            default -> ascii("\\u" + HEX.toHexDigits(c));
        }
    }

    private void ascii(String text) {
        makeRoom(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    private void put(char c) {
        makeRoom(1);
        bytes[length++] = (byte) c;
    }

    private void makeRoom(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
