package dev.step.s3;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What holds a file's name while no file has it: {@code reserved UUID}. A name that is about to be given to an upload is
 * reserved first, so that it can be given by replacing exactly this: who comes late, after the file was published by
 * another and removed again, finds nothing to replace. A file that is deleted is replaced by one, too. Taken for nothing by everybody
 * else, taken over by whoever publishes, and removed with the {@link Garbage}.
 */
final class Reservation {
    private static final String WORD = "reserved ";
    private static final int BYTES = WORD.length() + 36 + 1; // no file's object is as short

    private Reservation() {}

    /** Another one than all others. */
    static byte[] create() {
        return (WORD + UUID.randomUUID() + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isOne(byte[] object) {
        return object.length == BYTES && new String(object, StandardCharsets.US_ASCII).startsWith(WORD);
    }

    static boolean isOne(ObjectStorage.Entry entry) {
        return entry.size() == BYTES;
    }
}
