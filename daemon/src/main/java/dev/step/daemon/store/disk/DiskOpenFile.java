package dev.step.daemon.store.disk;

import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.FilePart;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A complete file's bytes: complete files never change, so an open one stays what it is under any name or none. */
record DiskOpenFile(StoredFile file, DiskFile content) implements OpenFile {
    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        int wanted = target.remaining();
        if (content.read(offset, target) < wanted) {
            throw new EOFException("the file of the key " + file.key() + " is shorter than " + file.size() + " bytes");
        }
    }

    @Override
    public Optional<FilePart> part(long offset, int length) {
        return content.part(offset, length);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
