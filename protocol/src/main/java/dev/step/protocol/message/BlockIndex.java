package dev.step.protocol.message;

import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;

/** The block that an UPLOAD or DOWNLOAD is about. */
final class BlockIndex {
    private BlockIndex() {}

    static int read(Fields fields) throws RefusedException {
        int index = fields.smallNumber(Field.BLOCK_INDEX);
        if (index < 0) {
            throw new RefusedException(Status.BAD_FIELD, "The \"block_index\" is negative.");
        }
        return index;
    }
}
