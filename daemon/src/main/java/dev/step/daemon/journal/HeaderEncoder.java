package dev.step.daemon.journal;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Writes a journal's header; {@link HeaderDecoder} mirrors it. */
final class HeaderEncoder {
    private HeaderEncoder() {}

    /** The header's bytes, ready to be written; the last 4 are its CRC. */
    static ByteBuffer encode(JournalHeader header) {
        byte[] user = header.target().user().text().getBytes(StandardCharsets.UTF_8);
        byte[] key = header.target().key().utf8();
        byte[] fingerprint = fingerprint(header);
        byte[] expected = expected(header);
        int names = user.length + key.length + fingerprint.length + expected.length;
        int length = JournalFormat.align(JournalFormat.FIXED_HEADER_BYTES + names + JournalFormat.CRC_BYTES);

        ByteBuffer bytes = ByteBuffer.allocate(length);
        bytes.putLong(JournalFormat.MAGIC).putInt(JournalFormat.VERSION).putInt(length);
        putIdentity(bytes, header.identity());
        bytes.putLong(header.plan().size()).putInt(header.plan().blockSize()).putInt(flags(header));
        bytes.putLong(modified(header));
        bytes.putShort((short) user.length).putShort((short) key.length);
        bytes.putShort((short) fingerprint.length).putShort((short) expected.length);
        bytes.put(user).put(key).put(fingerprint).put(expected);
        bytes.putInt(length - JournalFormat.CRC_BYTES, crcOf(bytes));
        return bytes.clear();
    }

    /** The CRC that belongs at the end of a header: that of all the buffer's bytes but the last 4. */
    static int crcOf(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().clear().limit(header.capacity() - JournalFormat.CRC_BYTES));
        return (int) crc.getValue();
    }

    private static void putIdentity(ByteBuffer bytes, UploadIdentity identity) {
        bytes.putLong(identity.id().high()).putLong(identity.id().low()).putLong(identity.salt());
        bytes.putLong(identity.sequence()).putLong(identity.created().toEpochMilli());
    }

    private static int flags(JournalHeader header) {
        ContentCheck check = header.check();
        return (header.target().replace() ? JournalFormat.FLAG_REPLACE : 0)
                | (check.verifyOnPublish() ? JournalFormat.FLAG_VERIFY : 0)
                | (check.algorithm() == DigestAlgorithm.SHA_256 ? JournalFormat.FLAG_SHA_256 : 0)
                | (header.clientFile().modified() != null ? JournalFormat.FLAG_MODIFIED : 0)
                | (header.clientFile().fingerprint() != null ? JournalFormat.FLAG_FINGERPRINT : 0);
    }

    private static long modified(JournalHeader header) {
        var modified = header.clientFile().modified();
        return modified == null ? 0 : modified.toEpochMilli();
    }

    private static byte[] fingerprint(JournalHeader header) {
        String fingerprint = header.clientFile().fingerprint();
        return fingerprint == null ? new byte[0] : fingerprint.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] expected(JournalHeader header) {
        Digest expected = header.check().expected();
        return expected == null ? new byte[0] : HexFormat.of().parseHex(expected.hex());
    }
}
