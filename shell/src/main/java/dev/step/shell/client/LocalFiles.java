package dev.step.shell.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Local files, before they are opened. */
final class LocalFiles {
    private LocalFiles() {}

    /** When a file was last changed. */
    static Instant modified(Path file) throws ClientException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw ClientException.local(file, e);
        }
    }

    /** The size of a file that can be sent, in bytes. */
    static long size(Path file) throws ClientException {
        if (Files.isDirectory(file)) {
            throw new ClientException(Problem.LOCAL_FILE, file + " is a folder, and no file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new ClientException(Problem.LOCAL_FILE, file + " is not a regular file");
        }
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw ClientException.local(file, e);
        }
    }
}
