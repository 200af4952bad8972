package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.RefusedException;
import java.time.Instant;
import java.util.Optional;

/**
 * Answer to AUTH STATUS.
 *
 * @param quota what the user's files may take
 * @param tokenExpires when the token ends; empty: never
 */
public record AccountStatus(String username, Taken taken, Quota quota, Optional<Instant> tokenExpires)
        implements Answer {
    /**
     * What a user has.
     *
     * @param files how many complete files
     * @param bytes what those take, and the values
     * @param pendingBytes what the unfinished uploads will take, and the quota counts already
     */
    public record Taken(long files, long bytes, long pendingBytes) {}

    public static AccountStatus read(Fields fields) throws RefusedException {
        return new AccountStatus(
                fields.text(Field.USERNAME),
                new Taken(
                        fields.amount(Field.FILES),
                        fields.amount(Field.USED_BYTES),
                        fields.optionalAmount(Field.PENDING_BYTES).orElse(0)),
                Quota.read(fields),
                Times.read(fields, Field.TOKEN_EXPIRES));
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.USERNAME, username);
        fields.addProperty(Field.FILES, taken.files());
        fields.addProperty(Field.USED_BYTES, taken.bytes());
        fields.addProperty(Field.PENDING_BYTES, taken.pendingBytes());
        quota.writeTo(fields);
        Times.write(fields, Field.TOKEN_EXPIRES, tokenExpires);
    }
}
