package dev.step.jmh;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** The same bytes again and again, without an end. */
final class RepeatedBytes implements ReadableByteChannel {
    private final ByteBuffer bytes;

    RepeatedBytes(byte[] bytes) {
        this.bytes = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    @Override
    public int read(ByteBuffer target) {
        if (!bytes.hasRemaining()) {
            bytes.rewind();
        }
        int count = Math.min(bytes.remaining(), target.remaining());
        target.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
