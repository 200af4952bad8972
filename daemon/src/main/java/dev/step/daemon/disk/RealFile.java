package dev.step.daemon.disk;

import dev.step.protocol.FilePart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;

/** A file of the machine. */
record RealFile(FileChannel channel) implements DiskFile {
    /** What Linux calls ENOSPC and EDQUOT. */
    private static final List<String> NO_ROOM = List.of("No space left on device", "Disk quota exceeded");

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        int total = 0;
        while (target.hasRemaining()) {
            int count = channel.read(target, position + total);
            if (count < 0) {
                break;
            }
            total += count;
        }
        return total;
    }

    @Override
    public Optional<FilePart> part(long position, int length) {
        return Optional.of(new FilePart(channel, position, length));
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            long from = at;
            at += needingRoom(() -> channel.write(source, from));
        }
    }

    @Override
    public void sync() throws IOException {
        needingRoom(() -> {
            channel.force(false); // fdatasync, which writes the size too
            return channel;
        });
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    /** Does a step on the disk, and names the cause when there was no room for it: Java has no exception for that. */
    static <T> T needingRoom(Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            throw NO_ROOM.stream().anyMatch(reason::contains) ? new DiskFullException(e) : e;
        }
    }

    /** A step that the disk may refuse. */
    interface Step<T> {
        T run() throws IOException;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
