package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;

/** The CRC32C of a block, as 8 hexadecimal digits: extension {@code block-crc}. */
final class BlockCrc {
    private static final HexFormat HEX = HexFormat.of();
    private static final int DIGITS = 8;

    private BlockCrc() {}

    static OptionalInt read(Fields fields) throws RefusedException {
        Optional<String> digits = fields.optionalText(Field.BLOCK_CRC32C);
        if (digits.isEmpty()) {
            return OptionalInt.empty();
        }
        String text = digits.get();
        if (!isCrc(text)) {
            throw new RefusedException(
                    Status.BAD_FIELD, "Field \"block_crc32c\" has to be " + DIGITS + " hexadecimal digits.");
        }
        return OptionalInt.of(HexFormat.fromHexDigits(text));
    }

    private static boolean isCrc(String text) {
        boolean isCrc = text.length() == DIGITS;
        for (int i = 0; isCrc && i < DIGITS; i++) {
            isCrc = HexFormat.isHexDigit(text.charAt(i));
        }
        return isCrc;
    }

    static void write(JsonObject fields, OptionalInt crc) {
        if (crc.isPresent()) {
            fields.addProperty(Field.BLOCK_CRC32C, HEX.toHexDigits(crc.getAsInt()));
        }
    }
}
