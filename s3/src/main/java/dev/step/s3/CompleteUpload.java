package dev.step.s3;

import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.Receipt;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Digest;
import dev.step.protocol.RefusedException;
import java.util.Optional;

/** The upload of an empty file, which is complete from the start. */
record CompleteUpload(StoredFile file, BlockPlan plan) implements Upload {
    @Override
    public String id() {
        return file.version();
    }

    @Override
    public Receipt take(DataBlock block, Optional<Digest> expected) throws RefusedException {
        throw Refusals.complete(file.key());
    }

    @Override
    public BlockRanges missing() {
        return BlockRanges.NONE;
    }

    @Override
    public Optional<StoredFile> published() {
        return Optional.of(file);
    }
}
