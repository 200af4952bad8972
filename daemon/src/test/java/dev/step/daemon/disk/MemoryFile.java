package dev.step.daemon.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A file in memory that counts what is asked of it. */
public final class MemoryFile implements DiskFile {
    private byte[] bytes;
    private int reads;
    private int largestRead;
    private int writes;

    public MemoryFile(byte... bytes) {
        this.bytes = bytes.clone();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    public int reads() {
        return reads;
    }

    /** The most bytes that were asked for at once. */
    public int largestRead() {
        return largestRead;
    }

    public int writes() {
        return writes;
    }

    @Override
    public int read(long position, ByteBuffer target) {
        reads++;
        largestRead = Math.max(largestRead, target.remaining());
        int count = (int) Math.max(0, Math.min(target.remaining(), bytes.length - position));
        if (count > 0) {
            target.put(bytes, (int) position, count);
        }
        return count;
    }

    @Override
    public void write(long position, ByteBuffer source) {
        writes++;
        int count = source.remaining();
        bytes = Arrays.copyOf(bytes, (int) Math.max(bytes.length, position + count));
        source.get(bytes, (int) position, count);
    }

    @Override
    public void sync() {}

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void truncate(long size) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length, size));
    }

    @Override
    public void close() {}
}
