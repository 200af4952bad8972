package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.FilePart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An open file whose blocks may be sent more than once and not all, and are all hashed in their order, each once. For one
 * thread at a time.
 */
final class HashedFile {
    private final FileChannel file;
    private final BlockPlan plan;
    private final ContentDigest computation;
    private final ByteBuffer piece;
    private @Nullable Digest digest;
    private int hashed;

    /**
     * The file is not closed here.
     *
     * @param piece what it is read into, {@link FilePart#PIECE_BYTES} at least
     */
    HashedFile(FileChannel file, BlockPlan plan, DigestAlgorithm algorithm, ByteBuffer piece) {
        this.computation = new ContentDigest(algorithm);
        this.file = file;
        this.plan = plan;
        this.piece = piece;
    }

    /** Where a block is. */
    FilePart part(int index) {
        return new FilePart(file, plan.offset(index), plan.length(index));
    }

    /**
     * Reads a block.
     *
     * @return its CRC32C
     * @throws IOException when the file cannot be read, or is no longer as long as the plan says
     */
    int read(int index) throws IOException {
        return read(index, index == hashed);
    }

    /** The same without hashing it, which is left to {@link #hashUpTo}. */
    int readUnhashed(int index) throws IOException {
        return read(index, false);
    }

    private int read(int index, boolean hashes) throws IOException {
        CRC32C crc = new CRC32C();
        long end = plan.offset(index) + plan.length(index);
        for (long at = plan.offset(index); at < end; at += piece.limit()) {
            piece.clear().limit((int) Math.min(FilePart.PIECE_BYTES, end - at));
            new FilePart(file, at, piece.limit()).readInto(piece);
            crc.update(piece.flip());
            if (hashes) {
                computation.update(piece.flip());
            }
        }
        if (index == plan.totalBlocks() - 1 && file.size() != plan.size()) {
            throw new IOException("it grew while it was sent; send it again when it is at rest");
        }
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
            read(hashed);
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
