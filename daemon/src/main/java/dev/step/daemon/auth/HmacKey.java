package dev.step.daemon.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that proves, by HMAC with SHA-256, that a message comes from who has it. */
final class HmacKey {
    /** The length of a key, and of a proof. */
    static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;
    /** Ready to begin, and only ever cloned: every request proves something, and looking for the algorithm takes longest. */
    private final Mac fresh;

    private HmacKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
        try {
            this.fresh = Mac.getInstance(ALGORITHM);
            this.fresh.init(this.secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    static HmacKey fresh() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return new HmacKey(secret);
    }

    /** A key as {@link #hex} wrote it; an IllegalArgumentException if it is none. */
    static HmacKey ofHex(String hex) {
        byte[] secret = HexFormat.of().parseHex(hex);
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("not " + BYTES + " bytes");
        }
        return new HmacKey(secret);
    }

    String hex() {
        return HexFormat.of().formatHex(secret.getEncoded());
    }

    byte[] prove(byte[] message) {
        try {
            return ((Mac) fresh.clone()).doFinal(message);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's " + ALGORITHM + " can be cloned", e);
        }
    }

    /** Whether this proof was made with this key; takes the same time for every one that was not. */
    boolean proves(byte[] message, byte[] proof) {
        return MessageDigest.isEqual(proof, prove(message));
    }

    @Override
    public String toString() {
        return "***";
    }
}
