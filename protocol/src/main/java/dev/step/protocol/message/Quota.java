package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.RefusedException;
import java.util.OptionalLong;

/**
 * What a user's files may take; empty: no limit.
 *
 * @param bytes all of them together; 0 or more
 * @param files how many there may be; 0 or more
 * @param fileBytes each of them; 0 or more
 */
public record Quota(OptionalLong bytes, OptionalLong files, OptionalLong fileBytes) {
    /** No limits. */
    public static final Quota NONE = new Quota(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    static Quota read(Fields fields) throws RefusedException {
        return new Quota(
                fields.optionalAmount(Field.QUOTA_BYTES),
                fields.optionalAmount(Field.QUOTA_FILES),
                fields.optionalAmount(Field.MAX_FILE_BYTES));
    }

    void writeTo(JsonObject fields) {
        bytes.ifPresent(limit -> fields.addProperty(Field.QUOTA_BYTES, limit));
        files.ifPresent(limit -> fields.addProperty(Field.QUOTA_FILES, limit));
        fileBytes.ifPresent(limit -> fields.addProperty(Field.MAX_FILE_BYTES, limit));
    }
}
