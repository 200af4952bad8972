package dev.step.daemon.journal;

import dev.step.daemon.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Appends to the journal of one upload: one write per record, however long the journal is. Not safe for several
 * threads: the upload's lock guards it.
 *
 * <p>Once a write or a sync has failed, nobody knows what the file holds, and every later call fails with the first
 * cause. {@link JournalRecovery#recover} finds out what is there, and a new writer continues after it.
 */
public final class JournalWriter implements Closeable {
    private final DiskFile file;
    private final JournalHeader header;
    private final RecordEncoder encoder;
    private long length;
    private long synced;
    private @Nullable IOException broken;

    private JournalWriter(DiskFile file, JournalHeader header, JournalEnd end) {
        this.file = file;
        this.header = header;
        this.encoder = new RecordEncoder(header.identity().id(), end.chain());
        this.length = end.offset();
        this.synced = end.synced();
    }

    /** Writes the header into an empty file, which the writer closes when it is closed. Syncs nothing. */
    public static JournalWriter begin(DiskFile file, JournalHeader header) throws IOException {
        ByteBuffer bytes = HeaderEncoder.encode(header);
        int length = bytes.remaining();
        int crc = bytes.getInt(length - JournalFormat.CRC_BYTES);
        file.write(0, bytes);
        return new JournalWriter(file, header, new JournalEnd(length, crc, 0));
    }

    /** Continues a journal that was just recovered, in its file, which the writer closes when it is closed. */
    public static JournalWriter resume(DiskFile file, RecoveredJournal.Usable journal) {
        return new JournalWriter(file, journal.header(), journal.contents().end());
    }

    /**
     * Adds a record, which survives the death of the process from now on, and a power cut once {@link #sync} has
     * returned. What it claims has to be true already: a block's data is written before its record.
     */
    public void append(JournalRecord record) throws IOException {
        checkFits(record);
        checkUsable();
        ByteBuffer bytes = encoder.encode(record, synced);
        int count = bytes.remaining();
        try {
            file.write(length, bytes);
        } catch (IOException e) {
            broken = e;
            throw e;
        }
        length += count;
    }

    /** Makes all records so far durable, as the next one will say. */
    public void sync() throws IOException {
        checkUsable();
        try {
            file.sync();
        } catch (IOException e) {
            broken = e;
            throw e;
        }
        synced = length;
    }

    private void checkFits(JournalRecord record) {
        if (record instanceof JournalRecord.Block block && !header.plan().contains(block.index())) {
            throw new IllegalArgumentException("block " + block.index() + " of " + header.plan());
        }
    }

    private void checkUsable() throws IOException {
        if (broken != null) {
            throw new IOException("The upload's journal has failed before: " + broken.getMessage(), broken);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
