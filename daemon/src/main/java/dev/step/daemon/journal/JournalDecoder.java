package dev.step.daemon.journal;

import dev.step.daemon.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one journal from its header to its end, and tells how it ends. Changes nothing, trusts nothing, and needs no
 * more memory for a long journal than for a short one. Not safe for several threads.
 *
 * <p>Methods throw {@link IOException} only if the file cannot be read; whatever lies in it is told in values.
 */
final class JournalDecoder {
    private final JournalWindow window;
    private final RecordDecoder records;
    private final @Nullable JournalHeader header;
    private long offset;
    private long synced;
    private @Nullable JournalEnding ending;

    /** Reads the header of this upload's journal. */
    JournalDecoder(DiskFile file, UploadId id) throws IOException {
        this.window = JournalWindow.over(file);
        this.records = new RecordDecoder(window, id);
        HeaderReading reading = HeaderDecoder.read(window, id);
        if (reading instanceof HeaderReading.Found found) {
            this.header = found.header();
            this.offset = found.length();
        } else {
            this.header = null;
            this.ending = endingWithout(reading);
        }
    }

    private JournalEnding endingWithout(HeaderReading reading) throws IOException {
        if (reading instanceof HeaderReading.OtherVersion other) {
            return new JournalEnding.OtherVersion(other.version());
        }
        if (reading instanceof HeaderReading.Impossible impossible) {
            return new JournalEnding.Damaged(0, impossible.reason());
        }
        return judge(0);
    }

    /** Empty if there is none: {@link #ending} tells why. */
    Optional<JournalHeader> header() {
        return Optional.ofNullable(header);
    }

    /** The next record; null after the last one. */
    @Nullable
    PlacedRecord next() throws IOException {
        if (ending != null) {
            return null;
        }
        PlacedRecord record = records.at(offset);
        if (record == null || !isPossible(record.content())) {
            ending = offset == window.length() ? new JournalEnding.Whole(offset) : judge(offset);
            return null;
        }
        offset = record.end();
        synced = Math.max(synced, record.synced());
        return record;
    }

    /** How the journal ends; known once {@link #next} has returned null. */
    JournalEnding ending() {
        if (ending == null) {
            throw new IllegalStateException("not all records were read");
        }
        return ending;
    }

    /** Where the last of the records read ends; there has to be a header. */
    JournalEnd end() throws IOException {
        ByteBuffer chain = window.bytes(offset - JournalFormat.CRC_BYTES, JournalFormat.CRC_BYTES);
        if (chain == null) {
            throw new IOException("The journal was cut while it was read.");
        }
        return new JournalEnd(offset, chain.getInt(0), synced);
    }

    private boolean isPossible(JournalRecord record) {
        if (header == null) {
            return true;
        }
        if (record instanceof JournalRecord.Block block) {
            return header.plan().contains(block.index());
        }
        return !(record instanceof JournalRecord.Lost lost) || header.plan().contains(lost.index());
    }

    /** Tells a torn tail from damage, by what the records after it say. */
    private JournalEnding judge(long at) throws IOException {
        long synced = largestSyncedAfter(at);
        return synced <= at
                ? new JournalEnding.Torn(at, window.length())
                : new JournalEnding.Damaged(
                        at, "bytes from " + at + " on are damaged, but were synced up to " + synced);
    }

    private long largestSyncedAfter(long at) throws IOException {
        long largest = 0;
        long last = window.length() - JournalFormat.BLOCK_BYTES;
        for (long place = at + JournalFormat.ALIGNMENT; place <= last; place += JournalFormat.ALIGNMENT) {
            PlacedRecord record = records.at(place);
            if (record != null) {
                largest = Math.max(largest, record.synced());
            }
        }
        return largest;
    }
}
