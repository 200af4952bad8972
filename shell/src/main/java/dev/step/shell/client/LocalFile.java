package dev.step.shell.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is to be sent, as it was when the transfer began.
 *
 * @param size in bytes
 * @param modified as exactly as the file system knows
 * @param inode the file system's own name of the file, whatever path leads to it; null where it has none
 */
record LocalFile(
        Path path, long size, Instant modified, @Nullable Object inode) {
    static LocalFile of(Path path) throws ClientException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                LocalFiles.size(path); // for its words about what cannot be sent
            }
            return new LocalFile(
                    path, attributes.size(), attributes.lastModifiedTime().toInstant(), attributes.fileKey());
        } catch (IOException e) {
            throw ClientException.local(path, e);
        }
    }

    /**
     * What an unfinished upload of the same content is recognised by: size in bytes, time of the last change in seconds
     * and nanoseconds, device and inode. Not the path, which may have been written in another way. Content that was
     * changed without changing any of these is found out by the digest at the end.
     */
    String fingerprint() {
        return "1:" + size + ":" + modified.getEpochSecond() + "." + modified.getNano() + ":" + inode;
    }

    /** Checks that nobody has changed it since. */
    void checkUnchanged() throws ClientException {
        LocalFile now = of(path);
        if (now.size != size || !now.modified.equals(modified) || !Objects.equals(now.inode, inode)) {
            throw new ClientException(
                    Problem.LOCAL_FILE, path + ": it changed while it was sent; send it again when it is at rest");
        }
    }
}
