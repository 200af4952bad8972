package dev.step.daemon.store.disk;

import com.google.gson.JsonObject;
import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.journal.UploadId;
import dev.step.protocol.frame.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * Where files wait for a person to look at them, that were found damaged or that nothing in the store speaks of:
 *
 * <pre>
 * quarantine/file-ID/content    what was found: a file, or a folder with all that lies in it
 * quarantine/file-ID/about      {"from":"users/ann/files/a","reason":"is damaged: …","when":"2030-01-02T03:04:05Z"}
 * </pre>
 */
final class QuarantinedFiles {
    private static final String PREFIX = "file-";

    private final SecureRandom random = new SecureRandom();
    private final Disk disk;
    private final StorePaths paths;
    private final Folders folders;

    QuarantinedFiles(Disk disk, StorePaths paths, Folders folders) {
        this.disk = disk;
        this.paths = paths;
        this.folders = folders;
    }

    /**
     * Takes something out of the store; durable afterwards.
     *
     * @return where it lies now
     */
    Path take(Path path, String reason) throws IOException {
        Path content = prepare(path, reason);
        disk.rename(path, content);
        disk.syncFolder(Folders.parentOf(content));
        disk.syncFolder(Folders.parentOf(path));
        return content;
    }

    /** Keeps a file that is about to be replaced; durable afterwards. */
    Path keep(Path file, String reason) throws IOException {
        Path content = prepare(file, reason);
        disk.link(file, content);
        disk.syncFolder(Folders.parentOf(content));
        return content;
    }

    private Path prepare(Path path, String reason) throws IOException {
        Path folder = paths.quarantine().resolve(PREFIX + UploadId.random(random));
        folders.make(folder);
        JsonObject about = new JsonObject();
        about.addProperty("from", paths.root().relativize(path).toString());
        about.addProperty("reason", reason);
        about.addProperty("when", Instant.now().toString());
        try (DiskFile file = disk.create(folder.resolve("about"))) {
            file.write(0, ByteBuffer.wrap(Json.encode(about)));
            file.sync();
        }
        return folder.resolve("content");
    }
}
