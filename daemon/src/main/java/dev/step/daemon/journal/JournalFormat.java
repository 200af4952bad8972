package dev.step.daemon.journal;

/**
 * The bytes of a journal: a header, then records until the end of the file. All numbers are big-endian; the header and
 * every record start at a multiple of 8. Text is UTF-8. What is drawn as 0, and whatever fills up to a multiple of 8,
 * is zeros.
 *
 * <pre>
 * header   0 "STEPJRNL"                                   8 version u32 = 1       12 header's length u32
 *         16 upload id, 16 bytes                         32 salt u64
 *         40 sequence i64                                48 created i64, ms since 1970
 *         56 file's size i64                             64 block size u32        68 flags u32
 *         72 modified i64, ms since 1970                 80 lengths, u16 each: user, key, fingerprint, expected digest
 *         88 user, key, fingerprint, expected digest, zeros
 *         in the last 4 of the header's length: CRC32C of all before it
 *
 *         flags    1 replace   2 verify on publish   4 the digest computed is SHA-256, otherwise MD5
 *                  8 "modified" is known   16 the client named a fingerprint
 *         An expected digest of 16 bytes is an MD5, of 32 a SHA-256, of 0 not known.
 *
 * record   0 length u16   2 type u8   3 0      4 block index u32
 *          8 synced u64                       16 CRC32C of the block u32
 *         20 more, in some types
 *         in the last 4 of its length: chain u32
 *
 * type 1   BLOCK      24 bytes: this block lies in the data file. Replaces an earlier record of the same block.
 *      2   EXPECT     64 bytes, index and CRC 0: the digest that the client expects
 *                     20 algorithm u32 (0 MD5, 1 SHA-256)   24 value, 32 bytes   56 0
 *      3   LOST       24 bytes, CRC 0: this block does not lie in the data file, whatever an earlier record says
 * </pre>
 *
 * <p><b>Chain.</b> A record's chain is the CRC32C of the upload id, the chain before it (for the first record, the
 * header's CRC) and the record's bytes up to its chain. The 4 bytes before a record always are the chain before it, so
 * at any multiple of 8 it can be told whether a whole record of <em>this</em> upload lies there, whatever became of
 * those before it and even of the header. Salt and id keep apart what is left over from other journals.
 *
 * <p><b>Synced.</b> The bytes of this journal before that offset were on the disk when the record was made; it is never
 * beyond the record itself, and 0 while nothing was synced. Reading goes from the header on, to the first offset
 * <i>o</i> at which nothing valid starts. If that is not the end, all multiples of 8 after it are tried, and <i>S</i>
 * is the largest "synced" of a valid record anywhere.
 * <ul>
 *   <li><i>o</i> &ge; <i>S</i>: a torn tail. Nothing from <i>o</i> on was ever synced, so a power cut may have lost any
 *       part of it: a page that is zeros, or half a record. It is cut, valid records after the gap too.
 *   <li><i>o</i> &lt; <i>S</i>: synced bytes are not what they were. The disk, or somebody, damaged them; what else
 *       is wrong cannot be known, so the upload is put into quarantine and nothing is guessed at.
 * </ul>
 * An unreadable header is no special case, <i>o</i> being 0: if some record says that the header was synced, that is
 * damage. If none does, the upload was never begun as far as a power cut is concerned. A header that is whole, but of
 * another upload or saying what cannot be, is damage as well.
 *
 * <p>Damage that hits every record that says how far the journal was synced, or cuts them off, cannot be told from a
 * torn tail. Then less is known of the upload than there was, but nothing wrong.
 *
 * <p><b>Other versions</b> keep the magic, the version, the header's length and the CRC at the header's end where they
 * are, so that a newer journal is refused as newer, not as damaged.
 */
final class JournalFormat {
    static final long MAGIC = 0x535445504A524E4CL; // "STEPJRNL"
    static final int VERSION = 1;
    static final int ALIGNMENT = 8;
    static final int CRC_BYTES = 4;

    /** The header's part before the names. */
    static final int FIXED_HEADER_BYTES = 88;

    /** No header of any version is longer. */
    static final int MAX_HEADER_BYTES = 4096;

    static final int FLAG_REPLACE = 1;
    static final int FLAG_VERIFY = 2;
    static final int FLAG_SHA_256 = 4;
    static final int FLAG_MODIFIED = 8;
    static final int FLAG_FINGERPRINT = 16;
    static final int ALL_HEADER_FLAGS = 31;

    static final byte BLOCK = 1;
    static final byte EXPECT = 2;
    static final byte LOST = 3;
    static final int BLOCK_BYTES = 24;
    static final int EXPECT_BYTES = 64;
    static final int LOST_BYTES = 24;
    static final int MAX_RECORD_BYTES = EXPECT_BYTES;

    static final int ALGORITHM_MD5 = 0;
    static final int ALGORITHM_SHA_256 = 1;
    static final int EXPECT_VALUE_BYTES = 32;

    private JournalFormat() {}

    /** The next multiple of 8. */
    static int align(int bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
