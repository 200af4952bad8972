package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.PathKind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes and removes the folders of uploads. */
final class UploadFolders {
    private static final int ID_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Disk disk;
    private final Path uploads;
    private final Leftovers leftovers;

    UploadFolders(Disk disk, Path uploads, Leftovers leftovers) {
        this.disk = disk;
        this.uploads = uploads;
        this.leftovers = leftovers;
    }

    UploadFolder create() throws IOException {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        String name = HexFormat.of().formatHex(id);
        Path path = uploads.resolve(name);
        disk.createFolder(path);
        return new UploadFolder(name, path);
    }

    void remove(UploadFolder folder) {
        leftovers.removeFolder(folder.path());
    }

    /** Removes what uploads left that were not complete when the store was closed. */
    void removeAll() throws IOException {
        for (String name : disk.list(uploads)) {
            Path path = uploads.resolve(name);
            if (disk.kind(path) == PathKind.FOLDER) {
                leftovers.removeFolder(path);
            } else {
                disk.deleteFile(path);
            }
        }
    }
}
