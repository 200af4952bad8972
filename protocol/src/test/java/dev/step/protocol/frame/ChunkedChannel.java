package dev.step.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.function.IntSupplier;

/** A connection whose bytes arrive in chunks of chosen sizes, and which then ends. */
final class ChunkedChannel implements ReadableByteChannel {
    private final ByteBuffer bytes;
    private final IntSupplier chunkSizes;
    private boolean open = true;

    /** Each read gets at most the next chunk size, 1 or more. */
    ChunkedChannel(byte[] bytes, IntSupplier chunkSizes) {
        this.bytes = ByteBuffer.wrap(bytes);
        this.chunkSizes = chunkSizes;
    }

    static ChunkedChannel whole(byte[] bytes) {
        return new ChunkedChannel(bytes, () -> Integer.MAX_VALUE);
    }

    static ChunkedChannel oneByteAtATime(byte[] bytes) {
        return new ChunkedChannel(bytes, () -> 1);
    }

    /** Two parts: the first so many bytes, then all the others. */
    static ChunkedChannel cutAt(int position, byte[] bytes) {
        int[] next = {position};
        return new ChunkedChannel(bytes, () -> {
            int size = next[0] == 0 ? Integer.MAX_VALUE : next[0];
            next[0] = 0;
            return size;
        });
    }

    /** How many bytes nobody has read yet. */
    int left() {
        return bytes.remaining();
    }

    @Override
    public int read(ByteBuffer target) {
        if (!bytes.hasRemaining()) {
            return -1;
        }
        int size = Math.min(chunkSizes.getAsInt(), Math.min(bytes.remaining(), target.remaining()));
        target.put(bytes.slice(bytes.position(), size));
        bytes.position(bytes.position() + size);
        return size;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
