package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.journal.ShownText;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.archive.ArchiveEntry;
import dev.step.daemon.store.archive.ArchiveWriter;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes all files and values of a store into an archive. Unfinished uploads stay behind. Nobody else may have it open. */
public final class StoreExport {
    private static final int BUFFER_BYTES = 256 << 10;

    private final Disk disk;
    private final StorePaths paths;
    private final Consumer<String> out;

    private long files;
    private long bytes;
    private long values;
    private int damaged;

    private StoreExport(Disk disk, StorePaths paths, Consumer<String> out) {
        this.disk = disk;
        this.paths = paths;
        this.out = out;
    }

    /**
     * Exports a store.
     *
     * @param target closed by this
     * @param out takes a line for each file that is not what it should be, and one at the end
     * @return whether all files were what they should be; an import refuses the others
     * @throws IOException also when it is no store, or in use
     */
    public static boolean run(Disk disk, Path root, OutputStream target, Consumer<String> out) throws IOException {
        new StoreFormat(disk, new StorePaths(root)).requireStore();
        StorePaths paths = new StorePaths(disk.openHome(root));
        try (Closeable lock = new StoreFormat(disk, paths).lock();
                ArchiveWriter archive = new ArchiveWriter(target)) {
            return new StoreExport(disk, paths, out).write(archive);
        }
    }

    private boolean write(ArchiveWriter archive) throws IOException {
        List<UserHomes.Home> homes = UserHomes.in(disk, paths.users()).all();
        for (UserHomes.Home home : homes) {
            writeFiles(home.paths(), archive);
            FolderWalk.walk(disk, home.paths().data(), (path, kind) -> writeValue(path, kind, archive));
        }
        archive.finish();
        out.accept("users: " + homes.size() + ", files: " + files + " of " + bytes + " bytes, values: " + values
                + ", damaged: " + damaged);
        return damaged == 0;
    }

    private void writeFiles(UserPaths user, ArchiveWriter archive) throws IOException {
        for (CatalogueEntry entry : CatalogueReading.sound(disk, user).values()) {
            writeFile(entry.file(), user.file(entry.tree(), entry.file().key()), user, archive);
        }
    }

    private void writeFile(StoredFile file, Path path, UserPaths user, ArchiveWriter archive) throws IOException {
        String name = name(user.file(Tree.FIRST, file.key()));
        try (DiskFile content = disk.openForReading(path)) {
            OutputStream to = archive.begin(new ArchiveEntry(name, file.size(), file.modified(), file.digests()));
            if (!copy(content, file, to).equals(file.digests())) {
                damaged++;
                out.accept(ShownText.of(path.toString()) + ": is damaged");
            }
            archive.end();
        }
        files++;
        bytes += file.size();
    }

    /** Copies a file's bytes; what they come to by all the digests that are known of it. */
    private static List<Digest> copy(DiskFile content, StoredFile file, OutputStream to) throws IOException {
        List<ContentDigest> computations = new ArrayList<>();
        file.digests().forEach(digest -> computations.add(new ContentDigest(digest.algorithm())));
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, file.size()));
        for (long at = 0; at < file.size(); at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), file.size() - at));
            if (content.read(at, buffer) < buffer.limit()) {
                throw new EOFException("The file of the key " + file.key() + " is shorter than " + file.size()
                        + " bytes; \"store check --repair\" takes it out");
            }
            computations.forEach(
                    computation -> computation.update(buffer.duplicate().flip()));
            to.write(buffer.array(), 0, buffer.limit());
        }
        return computations.stream().map(ContentDigest::finish).toList();
    }

    private void writeValue(Path path, PathKind kind, ArchiveWriter archive) throws IOException {
        if (kind != PathKind.FILE) {
            return;
        }
        try (DiskFile file = disk.openForReading(path)) {
            ByteBuffer value = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(0, value);
            ArchiveEntry entry = new ArchiveEntry(name(path), value.capacity(), disk.lastModified(path), List.of());
            archive.begin(entry).write(value.array());
            archive.end();
        }
        values++;
    }

    private String name(Path path) {
        return paths.root().relativize(path).toString();
    }
}
