package dev.step.s3;

import dev.step.daemon.store.Receipt;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Digest;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Of a block that was gathered, or is in the bucket already. */
final class BlockReceipt implements Receipt {
    private final S3Upload upload;
    /** Null if the block is in the bucket already. */
    private final @Nullable Segment segment;

    private final int addition;
    private final Optional<Digest> named;

    private BlockReceipt(S3Upload upload, @Nullable Segment segment, int addition, Optional<Digest> named) {
        this.upload = upload;
        this.segment = segment;
        this.addition = addition;
        this.named = named;
    }

    /** Of a block that was added to a segment as one of several. */
    static BlockReceipt of(S3Upload upload, Segment segment, int addition, Optional<Digest> named) {
        return new BlockReceipt(upload, segment, addition, named);
    }

    /** Of a block that was sent again. */
    static BlockReceipt ofStored(S3Upload upload, Optional<Digest> named) {
        return new BlockReceipt(upload, null, 0, named);
    }

    @Override
    public boolean isKnown() {
        return segment != null && upload.isWritten(segment);
    }

    @Override
    public Optional<StoredFile> get() throws IOException, RefusedException {
        if (segment == null) {
            upload.look();
        } else {
            upload.awaitWritten(segment);
        }
        return upload.stored(named, mayComplete());
    }

    /** Of the blocks that are stored together, the last one completes the file: its sender waits for the digest. */
    private boolean mayComplete() {
        return segment == null || named.isPresent() || segment.isCompletedBy(addition);
    }
}
