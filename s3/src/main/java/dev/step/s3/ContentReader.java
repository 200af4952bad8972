package dev.step.s3;

import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads a file's content. What is read in a row is fetched ahead, a request for each MiB however small the blocks are: a
 * reader holds that much memory.
 */
final class ContentReader implements OpenFile {
    private static final int AHEAD_BYTES = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final ObjectStorage storage;
    private final StoredFile file;
    private final FileObject object;
    private final SegmentMap map;
    /** What is at hand of the file, from this byte of it on. */
    private byte[] window;

    private long windowStart;

    /** Reads what an object, of which all was read, holds or names. */
    ContentReader(ObjectStorage storage, FileObject object) {
        this.storage = storage;
        this.object = object;
        this.file = object.file();
        this.map = object.segmented()
                .map(where -> new SegmentMap(new BlockPlan(file.size(), where.blockSize()), object.segments()))
                .orElseGet(() -> new SegmentMap(new BlockPlan(0, 1), List.of()));
        this.window = object.segmented().isPresent() ? new byte[0] : object.rest();
    }

    @Override
    public StoredFile file() {
        return file;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        lock.lock();
        try {
            long at = offset;
            while (target.hasRemaining()) {
                if (at < windowStart || at >= windowStart + window.length) {
                    fetch(at, target.remaining());
                }
                int from = (int) (at - windowStart);
                int length = Math.min(target.remaining(), window.length - from);
                target.put(window, from, length);
                at += length;
            }
        } finally {
            lock.unlock();
        }
    }

    private void fetch(long at, int wanted) throws IOException {
        FileObject.Segmented where =
                object.segmented().orElseThrow(() -> new IOException("The file " + file.key() + " is too short"));
        boolean inARow = at == windowStart + window.length;
        SegmentMap.Piece piece = map.at(at);
        int length = (int) Math.min(piece.length(), inARow ? Math.max(wanted, AHEAD_BYTES) : wanted);
        String name = piece.segment().in(where.id());
        byte[] fetched = storage.get(name, piece.offset(), length)
                .map(ObjectStorage.Content::bytes)
                .orElseThrow(() -> new IOException(
                        "The content of " + file.key() + " is gone: it was deleted or replaced some time ago"));
        if (fetched.length != length) {
            throw new IOException("The object " + name + " is damaged: it is too short");
        }
        window = fetched;
        windowStart = at;
    }

    /** What all of the content comes to. */
    Digest digest(DigestAlgorithm algorithm) throws IOException {
        ContentDigest digest = new ContentDigest(algorithm);
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(AHEAD_BYTES, file.size()));
        for (long at = 0; at < file.size(); at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), file.size() - at));
            read(at, buffer);
            digest.update(buffer.flip());
        }
        return digest.finish();
    }

    @Override
    public void close() {}
}
