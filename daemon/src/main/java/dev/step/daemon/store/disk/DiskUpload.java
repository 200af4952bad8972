package dev.step.daemon.store.disk;

import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way in: each block goes straight to its place in the file; {@link UploadProgress} says who may write
 * what, {@link FrontierHash} follows, and whoever delivers the last block publishes.
 */
final class DiskUpload implements Upload {
    private final UploadSpec spec;
    private final UploadFolder folder;
    private final LeasedFile data;
    private final Publisher publisher;
    private final UploadProgress progress;
    private final FrontierHash hash;

    DiskUpload(UploadSpec spec, UploadFolder folder, DiskFile data, Publisher publisher) {
        this.spec = spec;
        this.folder = folder;
        this.data = new LeasedFile(data);
        this.publisher = publisher;
        this.progress = new UploadProgress(spec.key(), spec.plan().totalBlocks());
        this.hash = new FrontierHash(spec.plan(), progress, data);
    }

    Key key() {
        return spec.key();
    }

    UploadFolder folder() {
        return folder;
    }

    @Override
    public BlockPlan plan() {
        return spec.plan();
    }

    @Override
    public Optional<StoredFile> published() {
        return progress.published();
    }

    @Override
    public Optional<StoredFile> write(int index, ByteBuffer block) throws IOException, RefusedException {
        if (block.remaining() != plan().length(index)) {
            throw new IllegalArgumentException("block " + index + " of " + block.remaining() + " bytes");
        }
        if (!data.lease()) {
            throw published().isPresent() ? Refusals.complete(key()) : Refusals.superseded(key());
        }
        try {
            receive(index, block);
            return progress.beginPublishing() ? Optional.of(publish()) : Optional.empty();
        } finally {
            data.release();
        }
    }

    /** Publishes a file that has no blocks. */
    void completeEmpty() throws IOException, RefusedException {
        if (!data.lease()) {
            throw Refusals.superseded(key());
        }
        try {
            if (progress.beginPublishing()) {
                publish();
            }
        } finally {
            data.release();
        }
    }

    /** Ends the upload, unless it is published already, or is just about to be. */
    boolean discard() {
        boolean discarded = progress.discard();
        if (discarded) {
            data.retire();
            publisher.ended(this);
        }
        return discarded;
    }

    private void receive(int index, ByteBuffer block) throws IOException, RefusedException {
        int checksum = checksumOf(block);
        if (progress.claim(index, checksum)) {
            store(index, block);
            hash.offer(index, block.duplicate());
            progress.received(index, checksum);
            hash.catchUp();
        }
    }

    private void store(int index, ByteBuffer block) throws IOException {
        boolean stored = false;
        try {
            data.file().write(plan().offset(index), block.duplicate());
            stored = true;
        } finally {
            if (!stored) {
                progress.abandon(index);
            }
        }
    }

    private static int checksumOf(ByteBuffer block) {
        CRC32C checksum = new CRC32C();
        checksum.update(block.duplicate());
        return (int) checksum.getValue();
    }

    /** After a failed sync nobody knows what is on the disk: whatever fails here ends the upload. */
    private StoredFile publish() throws IOException, RefusedException {
        @Nullable StoredFile published = null;
        try {
            Digest md5 = hash.finish();
            data.file().sync();
            published = publisher.publish(this, md5);
            return published;
        } finally {
            progress.endPublishing(published);
            data.retire();
            publisher.ended(this);
        }
    }

    /** Who makes a complete upload a file. */
    interface Publisher {
        /**
         * Makes the upload's data, which is synced, the file of its key.
         *
         * @throws RefusedException 402 when there is such a file already
         */
        StoredFile publish(DiskUpload upload, Digest md5) throws IOException, RefusedException;

        /** The upload has ended; what it left can go. */
        void ended(DiskUpload upload);
    }
}
