package dev.step.daemon.disk;

import java.io.IOException;

/** There is no room for what was to be written: the disk is full, or a quota of the file system is used up. */
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public DiskFullException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
