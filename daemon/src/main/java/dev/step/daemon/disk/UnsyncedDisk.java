package dev.step.daemon.disk;

import java.io.IOException;
import java.nio.file.Path;

/** A disk on which syncing does nothing, so that a power cut costs whatever the system has not written by itself. */
public final class UnsyncedDisk extends ForwardingDisk {
    public UnsyncedDisk(Disk disk) {
        super(disk);
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        return new UnsyncedFile(super.create(file));
    }

    @Override
    public DiskFile openForWriting(Path file) throws IOException {
        return new UnsyncedFile(super.openForWriting(file));
    }

    @Override
    public void syncFolder(Path folder) {
        // that is the point
    }

    private static final class UnsyncedFile extends ForwardingFile {
        UnsyncedFile(DiskFile file) {
            super(file);
        }

        @Override
        public void sync() {
            // that is the point
        }
    }
}
