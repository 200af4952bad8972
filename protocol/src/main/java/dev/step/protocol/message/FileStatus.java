package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;
import java.util.Optional;

/**
 * FILE STATUS with a key: asks what has arrived of a file. Extension {@code status}.
 *
 * @param verify whether the server shall read a complete file's bytes again and compare
 * @param digest the digest to compare by; empty: one that is known
 */
public record FileStatus(Key key, boolean verify, Optional<DigestAlgorithm> digest) implements Request.OfFile {
    static FileStatus read(Fields fields) throws RefusedException {
        return new FileStatus(fields.key(), fields.flag(Field.VERIFY), Digests.algorithm(fields));
    }

    @Override
    public Operation operation() {
        return Operation.STATUS;
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        if (verify) {
            fields.addProperty(Field.VERIFY, true);
        }
        Digests.writeAlgorithm(fields, digest);
    }
}
