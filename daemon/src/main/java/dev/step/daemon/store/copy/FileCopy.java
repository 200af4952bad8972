package dev.step.daemon.store.copy;

import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.Receipt;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.UserFiles;
import dev.step.daemon.store.WholeFile;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.SaveOptions;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;

/**
 * Brings one user's files into the target as a client would: it computes the digest by itself, and publishes nothing that comes
 * to another. Files of one block wait until some of them can be published together.
 */
final class FileCopy {
    private static final int BLOCK_BYTES = Limits.MAX_BLOCK_BYTES;
    /** So many blocks may wait to be stored: a bucket stores 8 MiB at once, and takes the next while it does. */
    private static final int MOST_AHEAD = 16;

    private final UserFiles to;

    FileCopy(UserFiles to) {
        this.to = to;
    }

    /** Whether the file is small enough to come whole. */
    static boolean isWhole(long size) {
        return size <= BLOCK_BYTES;
    }

    /** Adds a whole file to those that are published next. */
    static void addWhole(SourceContent content, Arrivals arrivals)
            throws IOException, RefusedException, SourceFailedException {
        StoredFile file = content.file();
        arrivals.add(new WholeFile(file.key(), content.next(), content.digest(), Optional.of(file.modified()), false));
    }

    /**
     * Copies a larger file, block after block; one that a copy before was cut off in is begun anew.
     *
     * @throws RefusedException as {@link UserFiles#begin} and {@link Upload#take}
     */
    void copyBlocks(SourceContent content) throws IOException, RefusedException, SourceFailedException {
        Upload upload = to.begin(announcement(content));
        Queue<Receipt> receipts = new ArrayDeque<>();
        try {
            for (int i = 0; i < upload.plan().totalBlocks(); i++) {
                boolean isLast = i == upload.plan().totalBlocks() - 1;
                DataBlock block = DataBlock.of(i, content.next());
                Optional<Digest> expected = isLast ? Optional.of(content.digest()) : Optional.empty();
                receipts.add(upload.take(block, expected));
                if (receipts.size() > MOST_AHEAD) {
                    receipts.remove().get();
                }
            }
        } catch (SourceFailedException e) {
            settle(receipts);
            to.discard(content.file().key());
            throw e;
        }
        settle(receipts);
        if (upload.published().isEmpty()) {
            throw new IOException("The file " + content.file().key() + " is not complete after its last block");
        }
    }

    private static UploadSpec announcement(SourceContent content) {
        StoredFile file = content.file();
        return new UploadSpec(
                file.key(),
                new BlockPlan(file.size(), BLOCK_BYTES),
                new SaveOptions(
                        OptionalInt.of(BLOCK_BYTES),
                        SaveOptions.Resume.NONE,
                        new SaveOptions.Publishing(false, true, content.digest().algorithm()),
                        Optional.of(file.modified())));
    }

    private static void settle(Queue<Receipt> receipts) throws IOException, RefusedException {
        while (!receipts.isEmpty()) {
            receipts.remove().get();
        }
    }
}
