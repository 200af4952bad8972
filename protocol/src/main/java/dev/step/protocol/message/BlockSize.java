package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.OptionalInt;

/** The block size that a request may ask for: extension {@code block-size}. */
final class BlockSize {
    private BlockSize() {}

    static OptionalInt read(Fields fields) throws RefusedException {
        OptionalInt blockSize = fields.optionalSmallNumber(Field.BLOCK_SIZE);
        if (blockSize.isPresent() && (blockSize.getAsInt() < 1 || blockSize.getAsInt() > Limits.MAX_BLOCK_BYTES)) {
            throw new RefusedException(
                    Status.BAD_FIELD, "Field \"block_size\" has to be from 1 to " + Limits.MAX_BLOCK_BYTES + ".");
        }
        return blockSize;
    }

    static void write(JsonObject fields, OptionalInt blockSize) {
        blockSize.ifPresent(bytes -> fields.addProperty(Field.BLOCK_SIZE, bytes));
    }
}
