package dev.step.protocol.frame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Messages as they stand on the wire, made without the code under test. */
final class Wire {
    static final byte[] NO_BINARY = {};

    private Wire() {}

    /** A message whose first length counts bytes. */
    static byte[] message(String json, byte[] binary) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        return join(lengths(text.length, binary.length), text, binary);
    }

    static byte[] message(String json) {
        return message(json, NO_BINARY);
    }

    /** A message whose first length counts code points, as Python's {@code len} does. */
    static byte[] countedInCharacters(String json, byte[] binary) {
        int characters = json.codePointCount(0, json.length());
        return join(lengths(characters, binary.length), json.getBytes(StandardCharsets.UTF_8), binary);
    }

    static byte[] lengths(long json, long binary) {
        return ByteBuffer.allocate(8).putInt((int) json).putInt((int) binary).array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A recognizable binary part. */
    static byte[] binary(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + 7);
        }
        return bytes;
    }
}
