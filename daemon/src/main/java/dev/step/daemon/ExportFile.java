package dev.step.daemon;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.step.daemon.disk.RealDisk;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** An export that is being written: under a name of its own until it is whole, and on the disk. */
final class ExportFile {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int BUFFER_BYTES = 256 << 10;

    private final Path file;
    private final Path part;

    /** @throws FileAlreadyExistsException if there is such a file: it may be an export that is still needed */
    ExportFile(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file + " exists already; name another file, or remove it");
        }
        this.file = file.toAbsolutePath();
        this.part = this.file.resolveSibling(this.file.getFileName() + ".part");
    }

    /** Begins anew; what an export has left that was cut short is overwritten. */
    OutputStream open() throws IOException {
        FileChannel channel = FileChannel.open(part, Set.of(CREATE, WRITE, TRUNCATE_EXISTING), OWNER_ONLY);
        return new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    /** Gives what was written its name, durably. */
    void keep() throws IOException {
        try (FileChannel channel = FileChannel.open(part, WRITE)) {
            channel.force(true);
        }
        Files.move(part, file);
        new RealDisk().syncFolder(file.resolveSibling(""));
    }
}
