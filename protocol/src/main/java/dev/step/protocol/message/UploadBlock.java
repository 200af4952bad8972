package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;

/**
 * FILE UPLOAD: one block, which follows as the message's binary part.
 *
 * @param blockIndex 0 or more; one beyond the plan is refused when the plan is known
 */
public record UploadBlock(Key key, int blockIndex) implements Request.OfFile {
    static UploadBlock read(Fields fields) throws RefusedException {
        return new UploadBlock(fields.key(), BlockIndex.read(fields));
    }

    @Override
    public Operation operation() {
        return Operation.UPLOAD;
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        fields.addProperty(Field.BLOCK_INDEX, blockIndex);
    }
}
