package dev.step.s3;

import java.io.IOException;

/**
 * Where a store lies: {@code s3://BUCKET/PREFIX}.
 *
 * @param prefix what all names start with: empty, or at most {@link #MAX_PREFIX_CHARS} characters of which the last is a slash
 */
public record S3Location(String bucket, String prefix) {
    static final String SCHEME = "s3";
    private static final String BEGINNING = SCHEME + "://";
    /** So that the longest name stays within the 1,024 bytes that S3 allows. */
    private static final int MAX_PREFIX_CHARS = 100;

    /** Whether this text means to be such a place. */
    public static boolean isOne(String text) {
        return text.startsWith(BEGINNING);
    }

    /**
     * Reads what an admin has written.
     *
     * @throws IOException in words for the admin
     */
    public static S3Location parse(String text) throws IOException {
        String path = isOne(text) ? text.substring(BEGINNING.length()) : "";
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        String prefix = slash < 0 ? "" : path.substring(slash + 1);
        if (bucket.isEmpty() || !bucket.matches("[a-z0-9._-]+") || !prefix.matches("[A-Za-z0-9/._-]*")) {
            throw new IOException("\"" + text + "\" is no place for a store; name one as " + BEGINNING
                    + "BUCKET/PREFIX, of letters, digits and \"._-\"");
        }
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            prefix += "/";
        }
        if (prefix.length() > MAX_PREFIX_CHARS) {
            throw new IOException("The prefix in \"" + text + "\" is too long: with more than " + MAX_PREFIX_CHARS
                    + " characters the longest keys would find no place");
        }
        return new S3Location(bucket, prefix);
    }

    @Override
    public String toString() {
        return BEGINNING + bucket + "/" + prefix;
    }
}
