package dev.step.daemon.journal;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads a journal's header; {@link HeaderEncoder} mirrors it. */
final class HeaderDecoder {
    private static final int LENGTH_AT = 12;

    private HeaderDecoder() {}

    /** Reads the header of this upload. */
    static HeaderReading read(JournalWindow window, UploadId id) throws IOException {
        ByteBuffer header = whole(window);
        if (header == null) {
            return new HeaderReading.Unreadable();
        }
        int version = header.getInt(Long.BYTES);
        if (version != JournalFormat.VERSION) {
            return new HeaderReading.OtherVersion(version);
        }
        try {
            return checkId(id, decode(header), header.capacity());
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return new HeaderReading.Impossible("the header says what cannot be: " + e.getMessage());
        }
    }

    /** The header's bytes, whatever the version; null if they are not what somebody wrote. */
    private static @Nullable ByteBuffer whole(JournalWindow window) throws IOException {
        ByteBuffer start = window.bytes(0, JournalFormat.FIXED_HEADER_BYTES);
        if (start == null || start.getLong(0) != JournalFormat.MAGIC) {
            return null;
        }
        int length = start.getInt(LENGTH_AT);
        if (length < JournalFormat.FIXED_HEADER_BYTES + JournalFormat.CRC_BYTES
                || length > JournalFormat.MAX_HEADER_BYTES
                || length % JournalFormat.ALIGNMENT != 0) {
            return null;
        }
        ByteBuffer header = window.bytes(0, length);
        boolean intact =
                header != null && HeaderEncoder.crcOf(header) == header.getInt(length - JournalFormat.CRC_BYTES);
        return intact ? header : null;
    }

    private static HeaderReading checkId(UploadId id, JournalHeader header, int length) {
        UploadId found = header.identity().id();
        return found.equals(id)
                ? new HeaderReading.Found(header, length)
                : new HeaderReading.Impossible("the header belongs to upload " + found);
    }

    private static JournalHeader decode(ByteBuffer bytes) throws CharacterCodingException {
        bytes.position(LENGTH_AT + Integer.BYTES);
        UploadIdentity identity = identity(bytes);
        BlockPlan plan = new BlockPlan(bytes.getLong(), bytes.getInt());
        int flags = bytes.getInt();
        if ((flags & ~JournalFormat.ALL_HEADER_FLAGS) != 0) {
            throw new IllegalArgumentException("flags " + flags);
        }
        Instant modified = Instant.ofEpochMilli(bytes.getLong());
        int[] lengths = lengths(bytes);
        UserName user = new UserName(text(bytes, lengths[0]));
        Key key = new Key(text(bytes, lengths[1]));
        String fingerprint = text(bytes, lengths[2]);
        Digest expected = digest(bytes, lengths[3]);
        return new JournalHeader(
                identity,
                new UploadTarget(user, key, (flags & JournalFormat.FLAG_REPLACE) != 0),
                plan,
                new ContentCheck(algorithm(flags), (flags & JournalFormat.FLAG_VERIFY) != 0, expected),
                new ClientFile(
                        (flags & JournalFormat.FLAG_FINGERPRINT) != 0 ? fingerprint : null,
                        (flags & JournalFormat.FLAG_MODIFIED) != 0 ? modified : null));
    }

    private static UploadIdentity identity(ByteBuffer bytes) {
        UploadId id = new UploadId(bytes.getLong(), bytes.getLong());
        return new UploadIdentity(id, bytes.getLong(), bytes.getLong(), Instant.ofEpochMilli(bytes.getLong()));
    }

    /** The lengths of the four names, which together fill the header up to its CRC, but for less than 8 zeros. */
    private static int[] lengths(ByteBuffer bytes) {
        int[] lengths = new int[4];
        int end = JournalFormat.FIXED_HEADER_BYTES + JournalFormat.CRC_BYTES;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = Short.toUnsignedInt(bytes.getShort());
            end += lengths[i];
        }
        if (JournalFormat.align(end) != bytes.capacity()) {
            throw new IllegalArgumentException("lengths add up to " + end + " of " + bytes.capacity());
        }
        return lengths;
    }

    private static DigestAlgorithm algorithm(int flags) {
        return (flags & JournalFormat.FLAG_SHA_256) != 0 ? DigestAlgorithm.SHA_256 : DigestAlgorithm.MD5;
    }

    private static String text(ByteBuffer bytes, int length) throws CharacterCodingException {
        ByteBuffer slice = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
    }

    private static @Nullable Digest digest(ByteBuffer bytes, int length) {
        if (length == 0) {
            return null;
        }
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            if (algorithm.bytes() == length) {
                byte[] value = new byte[length];
                bytes.get(value);
                return new Digest(algorithm, HexFormat.of().formatHex(value));
            }
        }
        throw new IllegalArgumentException("a digest of " + length + " bytes");
    }
}
