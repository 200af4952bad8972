package dev.step.daemon.disk;

import dev.step.protocol.FilePart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A file that does everything with another one; whoever extends it changes some of that. */
public abstract class ForwardingFile implements DiskFile {
    private final DiskFile file;

    protected ForwardingFile(DiskFile file) {
        this.file = file;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        return file.read(position, target);
    }

    @Override
    public Optional<FilePart> part(long position, int length) {
        return file.part(position, length);
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        file.write(position, source);
    }

    @Override
    public void sync() throws IOException {
        file.sync();
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        file.truncate(size);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
