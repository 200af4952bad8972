package dev.step.protocol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The digests that a file's content is verified with. */
public enum DigestAlgorithm {
    /** The core's. */
    MD5("md5", "md5", "MD5", 16),
    /** Extension {@code digest}. */
    SHA_256("sha-256", "sha256", "SHA-256", 32);

    private final String wireName;
    private final String fieldName;
    private final String javaName;
    private final int bytes;

    DigestAlgorithm(String wireName, String fieldName, String javaName, int bytes) {
        this.wireName = wireName;
        this.fieldName = fieldName;
        this.javaName = javaName;
        this.bytes = bytes;
    }

    /** What a request calls it. */
    public String wireName() {
        return wireName;
    }

    /** The field that a response carries its value in. */
    public String fieldName() {
        return fieldName;
    }

    /** The length of its value, in bytes. */
    public int bytes() {
        return bytes;
    }

    /** A fresh computation. */
    public MessageDigest start() {
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + javaName, e);
        }
    }

    /** What people call it. */
    @Override
    public String toString() {
        return javaName;
    }

    public static Optional<DigestAlgorithm> named(String wireName) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.wireName.equals(wireName)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
