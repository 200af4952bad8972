package dev.step.daemon.auth;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.step.protocol.UserName;
import dev.step.protocol.frame.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Accounts as text, one a line, in the order in which they were added:
 *
 * <pre>
 *   step-accounts 1
 *   {"user":"alice","password":"$argon2id$v=19$m=19456,t=2,p=1$…$…","epoch":"00f1e2d3c4b5a697"}
 *   {"user":"bob","password":"$argon2id$…","epoch":"7a6b5c4d3e2f1a0b","disabled":true}
 *   {"user":"carol","password":"$argon2id$…","epoch":"8a6b5c4d3e2f1a0b","quota-bytes":1000000,"quota-files":5}
 * </pre>
 *
 * <p>{@code quota-bytes}, {@code quota-files} and {@code max-file-bytes} are there for who has a quota of their own; 2^63 - 1
 * is no limit.
 */
final class AccountsFormat {
    private static final String HEADER = "step-accounts 1";
    private static final String QUOTA_BYTES = "quota-bytes";
    private static final String QUOTA_FILES = "quota-files";
    private static final String MAX_FILE_BYTES = "max-file-bytes";
    private static final int EPOCH_RADIX = 16;

    private AccountsFormat() {}

    static byte[] write(Map<UserName, Account> accounts) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (Account account : accounts.values()) {
            JsonObject fields = new JsonObject();
            fields.addProperty("user", account.user().text());
            fields.addProperty("password", account.password().phc());
            fields.addProperty("epoch", Long.toHexString(account.epoch()));
            if (account.disabled()) {
                fields.addProperty("disabled", true);
            }
            account.quota().bytes().ifPresent(limit -> fields.addProperty(QUOTA_BYTES, limit));
            account.quota().files().ifPresent(limit -> fields.addProperty(QUOTA_FILES, limit));
            account.quota().fileBytes().ifPresent(limit -> fields.addProperty(MAX_FILE_BYTES, limit));
            text.append(new String(Json.encode(fields), StandardCharsets.US_ASCII))
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The accounts by their names.
     *
     * @throws IOException with the number of the line that is wrong, and nothing of what it says
     */
    static Map<UserName, Account> read(byte[] bytes) throws IOException {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IOException("line 1 is not \"" + HEADER + "\"");
        }
        Map<UserName, Account> accounts = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            Account account = account(lines.get(i), i + 1);
            if (accounts.put(account.user(), account) != null) {
                throw new IOException("line " + (i + 1) + " has a user of an earlier line");
            }
        }
        return accounts;
    }

    private static Account account(String line, int number) throws IOException {
        try {
            JsonObject fields = Json.parse(line).orElseThrow(() -> new IllegalArgumentException("no JSON object"));
            JsonElement disabled = fields.get("disabled");
            return new Account(
                    new UserName(text(fields, "user")),
                    PasswordHash.parse(text(fields, "password")),
                    disabled != null && disabled.getAsBoolean(),
                    Long.parseUnsignedLong(text(fields, "epoch"), EPOCH_RADIX),
                    new OwnQuota(
                            limit(fields, QUOTA_BYTES), limit(fields, QUOTA_FILES), limit(fields, MAX_FILE_BYTES)));
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            throw new IOException("line " + number + " is not an account"); // the cause might quote a hash
        }
    }

    private static OptionalLong limit(JsonObject fields, String name) {
        JsonElement value = fields.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        long limit = value.getAsLong();
        if (limit < 0) {
            throw new IllegalArgumentException(name + " below 0");
        }
        return OptionalLong.of(limit);
    }

    private static String text(JsonObject fields, String name) {
        JsonElement value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value.getAsString();
    }
}
