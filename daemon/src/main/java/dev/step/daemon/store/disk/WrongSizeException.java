package dev.step.daemon.store.disk;

import java.io.IOException;
import java.nio.file.Path;

/** A file does not have the size that the catalogue says. */
final class WrongSizeException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongSizeException(Path path, long size) {
        super(path + " has not the " + size + " bytes it should have");
    }
}
