package dev.step.daemon.store.disk;

import dev.step.protocol.ContentDigest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * Memory for blocks that have just arrived and are to be hashed soon, shared by all uploads of a store, and bounded. It is on
 * the heap, where hashing is fastest. Safe for any number of threads.
 */
final class BlockMemory {
    private static final int PAGE_BYTES = 64 << 10;
    private static final long MOST_BYTES = 16 << 20;
    private static final int SHARE_OF_HEAP = 32;

    private final Semaphore available;
    private final ConcurrentLinkedDeque<byte[]> unused = new ConcurrentLinkedDeque<>();

    /** Made when it is needed, and kept then. */
    BlockMemory() {
        long bytes = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        this.available = new Semaphore((int) (bytes / PAGE_BYTES));
    }

    /** How many pages a block of this many bytes takes. */
    static int pages(int bytes) {
        return (bytes + PAGE_BYTES - 1) / PAGE_BYTES;
    }

    /** Copies what remains in the buffer, which stays as it is; empty if there is no room. */
    Optional<Copy> copy(ByteBuffer content) {
        int count = pages(content.remaining());
        if (!available.tryAcquire(count)) {
            return Optional.empty();
        }
        List<byte[]> pages = new ArrayList<>(count);
        ByteBuffer source = content.duplicate();
        for (int i = 0; i < count; i++) {
            byte[] kept = unused.pollFirst();
            byte[] page = kept == null ? new byte[PAGE_BYTES] : kept;
            source.get(page, 0, Math.min(PAGE_BYTES, source.remaining()));
            pages.add(page);
        }
        return Optional.of(new Copy(pages, content.remaining()));
    }

    /** The content of a block. It belongs to whoever has it, until {@link #release}. */
    final class Copy {
        private final List<byte[]> pages;
        private final int length;

        private Copy(List<byte[]> pages, int length) {
            this.pages = pages;
            this.length = length;
        }

        void addTo(ContentDigest digest) {
            int left = length;
            for (byte[] page : pages) {
                int part = Math.min(PAGE_BYTES, left);
                digest.update(ByteBuffer.wrap(page, 0, part));
                left -= part;
            }
        }

        /** Gives the memory back. */
        void release() {
            pages.forEach(unused::addFirst);
            available.release(pages.size());
        }
    }
}
