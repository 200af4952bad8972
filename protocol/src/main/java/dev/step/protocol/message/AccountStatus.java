package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.RefusedException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Answer to AUTH STATUS.
 *
 * @param files how many complete files the user has
 * @param usedBytes what they take, in bytes
 * @param quotaBytes what they may take; empty: no quota
 * @param tokenExpires when the token ends; empty: never
 */
public record AccountStatus(
        String username, long files, long usedBytes, OptionalLong quotaBytes, Optional<Instant> tokenExpires)
        implements Answer {
    public static AccountStatus read(Fields fields) throws RefusedException {
        return new AccountStatus(
                fields.text(Field.USERNAME),
                fields.amount(Field.FILES),
                fields.amount(Field.USED_BYTES),
                fields.optionalAmount(Field.QUOTA_BYTES),
                Times.read(fields, Field.TOKEN_EXPIRES));
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.USERNAME, username);
        fields.addProperty(Field.FILES, files);
        fields.addProperty(Field.USED_BYTES, usedBytes);
        quotaBytes.ifPresent(bytes -> fields.addProperty(Field.QUOTA_BYTES, bytes));
        Times.write(fields, Field.TOKEN_EXPIRES, tokenExpires);
    }
}
