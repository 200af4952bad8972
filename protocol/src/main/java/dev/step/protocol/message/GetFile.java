package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * FILE GET with a key: asks for a file's download plan.
 *
 * @param blockSize extension {@code block-size}: the block size that the plan shall have
 * @param digest extension {@code digest}: the digest that the plan shall carry
 */
public record GetFile(Key key, OptionalInt blockSize, Optional<DigestAlgorithm> digest) implements Request.OfFile {
    /** The request of an old client. */
    public static GetFile plain(Key key) {
        return new GetFile(key, OptionalInt.empty(), Optional.empty());
    }

    static GetFile read(Fields fields) throws RefusedException {
        return new GetFile(fields.key(), BlockSize.read(fields), Digests.algorithm(fields));
    }

    @Override
    public Operation operation() {
        return Operation.GET;
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        BlockSize.write(fields, blockSize);
        Digests.writeAlgorithm(fields, digest);
    }
}
