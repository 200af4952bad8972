package dev.step.daemon.journal;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.MemoryDisk;
import dev.step.daemon.disk.MemoryFile;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal made by the writer, and the truth about it: which record lies where, and how far it was synced. Made like
 * a sentence: {@code new SampleJournal().blocks(3).sync().blocks(2).lost(1)}.
 */
final class SampleJournal {
    static final UploadId ID = new UploadId(0x0011223344556677L, 0x8899AABBCCDDEEFFL);
    static final Digest MD5 = new Digest(DigestAlgorithm.MD5, "0123456789abcdef0123456789abcdef");
    static final Digest SHA_256 =
            new Digest(DigestAlgorithm.SHA_256, "00112233445566778899aabbccddeeff0f1e2d3c4b5a69788796a5b4c3d2e1f0");
    static final Instant MODIFIED = Instant.ofEpochMilli(1_600_000_000_123L);
    static final Path ROOT = Path.of("store");

    /** Twelve blocks, the last of a single byte. */
    static final JournalHeader HEADER = new JournalHeader(
            new UploadIdentity(ID, 0x5A5A00FF00FFA5A5L, 42, Instant.ofEpochMilli(1_700_000_000_000L)),
            new UploadTarget(new UserName("ann"), new Key("photos/été.jpg"), true),
            new BlockPlan(11 * 4096 + 1, 4096),
            new ContentCheck(DigestAlgorithm.SHA_256, true, MD5),
            new ClientFile("size:45057 mtime:1600000000", MODIFIED));

    /** Another upload, of the same file to the same key. */
    static final JournalHeader OTHER_HEADER = new JournalHeader(
            new UploadIdentity(new UploadId(1, 2), 3, 43, Instant.ofEpochMilli(1_700_000_000_001L)),
            HEADER.target(),
            HEADER.plan(),
            HEADER.check(),
            HEADER.clientFile());

    final MemoryFile file = new MemoryFile();
    /** In the order in which they were written; "synced" as the decoder should find it. */
    final List<PlacedRecord> records = new ArrayList<>();

    final int headerLength;
    private final JournalWriter writer;
    private long synced;
    private int blocks;

    SampleJournal() {
        this(HEADER);
    }

    SampleJournal(JournalHeader header) {
        try {
            writer = JournalWriter.begin(file, header);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        headerLength = file.length();
    }

    /** Records of this many further blocks, from block 0 again after the last. */
    SampleJournal blocks(int count) {
        for (int i = 0; i < count; i++) {
            int number = blocks++;
            add(new JournalRecord.Block(number % HEADER.plan().totalBlocks(), 0x9E3779B9 * (number + 1)));
        }
        return this;
    }

    SampleJournal expect(Digest digest) {
        return add(new JournalRecord.Expect(digest));
    }

    SampleJournal lost(int block) {
        return add(new JournalRecord.Lost(block));
    }

    SampleJournal add(JournalRecord record) {
        try {
            int start = file.length();
            writer.append(record);
            records.add(new PlacedRecord(start, file.length() - start, synced, record));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    SampleJournal sync() {
        try {
            writer.sync();
            synced = file.length();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    byte[] bytes() {
        return file.bytes();
    }

    int length() {
        return file.length();
    }

    /** Where this record starts; for the number after the last record, where the journal ends. */
    int offset(int record) {
        return record == records.size() ? length() : (int) records.get(record).offset();
    }

    /** Recovers these bytes as the journal of this upload. */
    static RecoveredJournal recover(byte... journal) throws IOException {
        return recover(diskWith(journal));
    }

    static RecoveredJournal recover(Disk disk) throws IOException {
        return recovery(disk).recover(ID);
    }

    static JournalRecovery recovery(Disk disk) {
        return new JournalRecovery(disk, ROOT.resolve("uploads"), ROOT.resolve("quarantine"));
    }

    /** A store with this journal, and the upload's data. */
    static MemoryDisk diskWith(byte... journal) {
        return new MemoryDisk().with(journalPath(), journal).with(folder().resolve("data"));
    }

    static Path folder() {
        return ROOT.resolve("uploads").resolve(ID.toString());
    }

    static Path journalPath() {
        return folder().resolve("journal");
    }
}
