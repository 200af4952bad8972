package dev.step.daemon.store.disk;

import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.journal.JournalRecord;
import dev.step.daemon.journal.JournalWriter;
import dev.step.daemon.journal.ReceivedBlocks;
import dev.step.daemon.store.DataBlock;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload whose files are open. A block goes straight to its place in the data file, then into the journal, and only
 * then counts as received: {@link UploadProgress} says who may write what, {@link FrontierHash} follows.
 */
final class OpenUpload {
    private static final Logger LOG = LoggerFactory.getLogger(OpenUpload.class);
    private static final int BUFFER_BYTES = 64 << 10;

    private final BlockPlan plan;
    private final DiskFile data;
    private final JournalWriter journal;
    /** Guards the journal; no other lock is taken under it. */
    private final ReentrantLock journaling = new ReentrantLock();

    private final boolean syncsBlocks;
    private final GroupSync dataSync;
    private final GroupSync journalSync;
    private final UploadProgress progress;
    private final FrontierHash hash;

    OpenUpload(
            JournalHeader header,
            Files files,
            ReceivedBlocks blocks,
            @Nullable Digest expected,
            Durability durability,
            Hashing hashing) {
        this.plan = header.plan();
        this.data = files.data();
        this.journal = files.journal();
        this.syncsBlocks = durability == Durability.BLOCK;
        this.dataSync = new GroupSync(data::sync);
        this.journalSync = new GroupSync(this::syncJournal);
        this.progress = new UploadProgress(header, blocks, expected);
        this.hash = new FrontierHash(plan, header.check().algorithm(), progress, data, hashing);
    }

    UploadProgress progress() {
        return progress;
    }

    /** Writes a block, unless it was received already; the journal knows it when this returns. */
    void write(DataBlock block) throws IOException, RefusedException {
        if (progress.claim(block.index(), block.checksum())) {
            store(block);
            progress.received(block.index(), block.checksum());
            hash.follow();
        }
    }

    private void store(DataBlock block) throws IOException {
        boolean stored = false;
        try {
            hash.keep(block); // warm in the processor's cache, as for the next line
            data.write(plan.offset(block.index()), block.bytes().duplicate());
            if (syncsBlocks) {
                dataSync.sync();
            }
            journal(new JournalRecord.Block(block.index(), block.checksum()));
            stored = true;
        } finally {
            if (!stored) {
                progress.abandon(block.index());
            }
        }
    }

    /** Notes what the file has to come to. */
    void expect(Digest digest) throws IOException {
        if (progress.expect(digest)) {
            journal(new JournalRecord.Expect(digest));
        }
    }

    /** Once a record could not be written or synced, nobody knows what the journal holds. */
    private void journal(JournalRecord... records) throws IOException {
        boolean journaled = false;
        journaling.lock();
        try {
            for (JournalRecord record : records) {
                journal.append(record);
            }
            journaled = true;
        } finally {
            journaling.unlock();
            if (!journaled) {
                progress.broken();
            }
        }
        if (syncsBlocks) {
            makeJournalDurable();
        }
    }

    private void makeJournalDurable() throws IOException {
        boolean synced = false;
        try {
            journalSync.sync();
            synced = true;
        } finally {
            if (!synced) {
                progress.broken();
            }
        }
    }

    private void syncJournal() throws IOException {
        journaling.lock();
        try {
            journal.sync();
        } finally {
            journaling.unlock();
        }
    }

    /** The digest of all blocks, none of which can change any more. */
    Digest digest() throws IOException {
        return hash.finish();
    }

    /** The same with another algorithm than the one that followed the blocks. */
    Digest digest(DigestAlgorithm algorithm) throws IOException {
        ContentDigest computation = new ContentDigest(algorithm);
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (long at = 0; at < plan.size(); at += buffer.limit()) {
            data.read(at, buffer.clear().limit((int) Math.min(BUFFER_BYTES, plan.size() - at)));
            computation.update(buffer.flip());
        }
        return computation.finish();
    }

    /** Makes the blocks durable. */
    void sync() throws IOException {
        dataSync.sync();
    }

    /** Closes the files, which nobody uses any more. What had to be durable has been synced. */
    void close() {
        hash.stop();
        try (data;
                journal) {
            LOG.trace("closing {}", this);
        } catch (IOException e) {
            LOG.warn("Could not close the files of an upload", e);
        }
    }

    /** The open files. */
    record Files(DiskFile data, JournalWriter journal) {}
}
