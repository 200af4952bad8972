package dev.step.daemon.journal;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What a crash left behind a journal's last valid record.
 *
 * @param at where it begins, in bytes from the journal's start
 */
record TornTail(Disk disk, Path journal, long at) {
    private static final int COPY_BYTES = 64 << 10;

    /**
     * Cuts it off; a copy is in {@code journal.torn-N} beside. Both are durable afterwards: the records that follow
     * must not meet the old tail again after the next crash.
     */
    void cut() throws IOException {
        try (DiskFile file = disk.openForWriting(journal)) {
            keepCopy(file);
            file.truncate(at);
            file.sync();
        }
    }

    private void keepCopy(DiskFile file) throws IOException {
        try (DiskFile copy = disk.create(freeName())) {
            copy(file, copy);
            copy.sync();
        }
        disk.syncFolder(journal.resolveSibling(""));
    }

    private void copy(DiskFile from, DiskFile to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
        long offset = 0;
        while (from.read(at + offset, buffer) > 0) {
            int count = buffer.flip().remaining();
            to.write(offset, buffer);
            offset += count;
            buffer.clear();
        }
    }

    private Path freeName() throws IOException {
        int number = 1;
        while (disk.kind(name(number)) != PathKind.NOTHING) {
            number++;
        }
        return name(number);
    }

    private Path name(int number) {
        return journal.resolveSibling(journal.getFileName() + ".torn-" + number);
    }
}
