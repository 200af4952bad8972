package dev.step.protocol;

/** Every bound of the protocol, named once. Sizes are bytes. */
public final class Limits {
    /** The port a server listens on unless told otherwise. */
    public static final int DEFAULT_PORT = 1379;

    /** The longest JSON part of a request. */
    public static final int MAX_JSON_BYTES = 1 << 20;

    /**
     * The longest value, written in ASCII. One that came in at most {@link #MAX_JSON_BYTES} of UTF-8 is never longer:
     * a character takes six bytes for two at worst. Only a message whose length counts characters can be.
     */
    public static final int MAX_VALUE_BYTES = 3 * MAX_JSON_BYTES;

    /** The longest JSON part of a response: a value, or a page of a listing, and what is around it. */
    public static final int MAX_RESPONSE_JSON_BYTES = MAX_VALUE_BYTES + MAX_JSON_BYTES;

    /** The block size of a plan whose SAVE or GET asks for none: several old clients know no other. */
    public static final int DEFAULT_BLOCK_BYTES = 20_480;

    /** The largest block size that a request may ask for. */
    public static final int MAX_BLOCK_BYTES = 1 << 20;

    /** The most blocks a file may have; a larger file needs larger blocks. */
    public static final int MAX_BLOCKS = 1 << 24;

    /** Binary that an operation does not expect is read and thrown away up to this length. */
    public static final long MAX_SKIPPED_BYTES = 64L << 20;

    /** The longest key, in bytes of UTF-8. */
    public static final int MAX_KEY_BYTES = 1024;

    /** The longest user name, in bytes of UTF-8. */
    public static final int MAX_USER_BYTES = 128;

    /** The deepest nesting of arrays and objects in the JSON part. */
    public static final int MAX_JSON_DEPTH = 64;

    /** The most bytes of keys in one page of a listing. */
    public static final int MAX_LIST_BYTES = 512 << 10;

    /** The most keys in one page of a listing. */
    public static final int MAX_LIST_KEYS = 10_000;

    /** The most ranges of missing blocks in one answer. */
    public static final int MAX_RANGES = 1_000;

    /** Up to this many blocks, a status also lists missing and received blocks one by one. */
    public static final int MAX_LISTED_BLOCKS = 4_096;

    /** The longest fingerprint, in bytes of UTF-8. */
    public static final int MAX_FINGERPRINT_BYTES = 1024;

    /** How long a message whose length was counted in characters may take to arrive in full. */
    public static final int CHARACTER_COUNT_WAIT_MILLIS = 2_000;

    private Limits() {}
}
