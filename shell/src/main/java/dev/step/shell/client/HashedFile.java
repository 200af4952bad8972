package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An open file whose blocks may be read more than once and not all, and are all hashed in their order, each once. For one
 * thread at a time.
 */
final class HashedFile {
    /** Hashed right after it was read, this much is still in the processor's cache. */
    private static final int PIECE_BYTES = 128 << 10;

    private final FileChannel file;
    private final BlockPlan plan;
    private final ContentDigest computation;
    private @Nullable ByteBuffer passedOver;
    private @Nullable Digest digest;
    private int hashed;

    /** The file is not closed here. */
    HashedFile(FileChannel file, BlockPlan plan, DigestAlgorithm algorithm) {
        this.computation = new ContentDigest(algorithm);
        this.file = file;
        this.plan = plan;
    }

    /**
     * Reads a block.
     *
     * @return its CRC32C
     * @throws IOException when the file cannot be read, or is no longer as long as the plan says
     */
    int read(int index, ByteBuffer block) throws IOException {
        boolean hashes = index == hashed;
        CRC32C crc = new CRC32C();
        block.clear().limit(plan.length(index));
        while (block.hasRemaining()) {
            ByteBuffer piece = block.slice(block.position(), Math.min(PIECE_BYTES, block.remaining()));
            if (file.read(piece, plan.offset(index) + block.position()) < 0) {
                throw new IOException("it became shorter while it was sent; send it again when it is at rest");
            }
            block.position(block.position() + piece.position());
            crc.update(piece.flip());
            if (hashes) {
                computation.update(piece.flip());
            }
        }
        if (index == plan.totalBlocks() - 1 && file.size() != plan.size()) {
            throw new IOException("it grew while it was sent; send it again when it is at rest");
        }
        block.flip();
        hashed += hashes ? 1 : 0;
        return (int) crc.getValue();
    }

    /**
     * Reads what comes before this block and is not hashed yet.
     *
     * @param stop ends it before its time
     */
    void hashUpTo(int end, BooleanSupplier stop) throws IOException {
        while (hashed < end && !stop.getAsBoolean()) {
            if (passedOver == null) {
                passedOver = ByteBuffer.allocateDirect(plan.length(0));
            }
            read(hashed, passedOver);
        }
    }

    /** The digest of the whole file; only when all of it is hashed. */
    Digest digest() {
        if (hashed < plan.totalBlocks()) {
            throw new IllegalStateException(hashed + " of " + plan.totalBlocks() + " blocks are hashed");
        }
        if (digest == null) {
            digest = computation.finish();
        }
        return digest;
    }
}
