package dev.step.daemon.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * What is kept of a password: Argon2id of the form in which it travels (the hexadecimal MD5 of its text, in lower case),
 * written as a PHC string.
 *
 * <pre>
 *   $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH        m: KiB of memory, t: passes, p: lanes; base64 without padding
 * </pre>
 */
public final class PasswordHash {
    /** OWASP's choice for Argon2id, in its Password Storage Cheat Sheet. */
    private static final Cost CURRENT_COST = new Cost(19_456, 2, 1);

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private final Cost cost;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(Cost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    /** Hashes a password at today's cost: some 50 ms and 19 MiB. */
    static PasswordHash of(String passwordMd5) {
        return of(passwordMd5, CURRENT_COST);
    }

    static PasswordHash of(String passwordMd5, Cost cost) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new PasswordHash(cost, salt, argon2id(passwordMd5, cost, salt, HASH_BYTES));
    }

    /**
     * Reads a PHC string.
     *
     * @throws IllegalArgumentException if it is none of Argon2id, or one that would cost too much to check
     */
    static PasswordHash parse(String phc) {
        Matcher parts = FORM.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a PHC string of Argon2id, version 19");
        }
        Cost cost = new Cost(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        Base64.Decoder decoder = Base64.getDecoder();
        return new PasswordHash(cost, decoder.decode(parts.group(4)), decoder.decode(parts.group(5)));
    }

    /** Whether this is the password; takes the same time for every one that is not. */
    boolean matches(String passwordMd5) {
        return MessageDigest.isEqual(hash, argon2id(passwordMd5, cost, salt, hash.length));
    }

    /** Whether it was made at today's cost; another one is replaced when its user logs in. */
    boolean isCurrent() {
        return cost.equals(CURRENT_COST);
    }

    /** The PHC string. */
    String phc() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memoryKib + ",t=" + cost.passes + ",p=" + cost.lanes + "$"
                + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash);
    }

    private static byte[] argon2id(String passwordMd5, Cost cost, byte[] salt, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib)
                .withIterations(cost.passes)
                .withParallelism(cost.lanes)
                .withSalt(salt)
                .build());
        byte[] result = new byte[length];
        generator.generateBytes(passwordMd5.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8), result);
        return result;
    }

    @Override
    public String toString() {
        return "***";
    }

    /**
     * What a guess costs.
     *
     * @param memoryKib 8 for each lane to 1 GiB
     * @param passes 1 to 64
     * @param lanes 1 to 16
     */
    record Cost(int memoryKib, int passes, int lanes) {
        private static final int MAX_MEMORY_KIB = 1 << 20;
        private static final int MAX_PASSES = 64;
        private static final int MAX_LANES = 16;
        private static final int MIN_LANE_KIB = 8;

        Cost {
            if (lanes < 1
                    || lanes > MAX_LANES
                    || passes < 1
                    || passes > MAX_PASSES
                    || memoryKib < MIN_LANE_KIB * lanes
                    || memoryKib > MAX_MEMORY_KIB) {
                throw new IllegalArgumentException("cost out of range");
            }
        }
    }
}
