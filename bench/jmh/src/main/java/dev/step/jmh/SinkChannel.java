package dev.step.jmh;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/** Takes everything, and keeps it if it is told to. */
final class SinkChannel implements GatheringByteChannel {
    private final boolean keeps;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    SinkChannel(boolean keeps) {
        this.keeps = keeps;
    }

    byte[] kept() {
        return kept.toByteArray();
    }

    @Override
    public int write(ByteBuffer source) {
        int count = source.remaining();
        if (keeps) {
            byte[] bytes = new byte[count];
            source.get(bytes);
            kept.writeBytes(bytes);
        } else {
            source.position(source.limit());
        }
        return count;
    }

    @Override
    public long write(ByteBuffer[] sources) {
        return write(sources, 0, sources.length);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        long count = 0;
        for (int i = offset; i < offset + length; i++) {
            count += write(sources[i]);
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
