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

    private HmacKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
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
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
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
