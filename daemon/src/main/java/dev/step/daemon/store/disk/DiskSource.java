package dev.step.daemon.store.disk;

import com.google.gson.JsonObject;
import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.store.StoreInUseException;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.copy.StoreSource;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import dev.step.protocol.frame.Json;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A store in a folder, to be read only. Nobody else may have it open. */
public final class DiskSource implements StoreSource {
    private final Disk disk;
    private final StorePaths paths;
    private final Closeable lock;

    private DiskSource(Disk disk, StorePaths paths, Closeable lock) {
        this.disk = disk;
        this.paths = paths;
        this.lock = lock;
    }

    /**
     * Opens a store.
     *
     * @throws StoreInUseException when a server has it
     * @throws IOException also when it is none
     */
    public static DiskSource open(Disk disk, Path root) throws IOException {
        new StoreFormat(disk, new StorePaths(root)).requireStore();
        StorePaths paths = new StorePaths(disk.openHome(root));
        return new DiskSource(disk, paths, new StoreFormat(disk, paths).lock());
    }

    @Override
    public List<UserName> users() throws IOException {
        return UserHomes.in(disk, paths.users()).all().stream()
                .map(UserHomes.Home::user)
                .toList();
    }

    @Override
    public void forEachFile(UserName user, FileVisitor visitor) throws IOException {
        UserPaths home = paths.user(user);
        List<CatalogueEntry> inOrder = CatalogueReading.sound(disk, home).values().stream()
                .sorted(Comparator.comparing(entry -> entry.file().key()))
                .toList();
        for (CatalogueEntry entry : inOrder) {
            StoredFile file = entry.file();
            visitor.visit(
                    file.detail(),
                    () -> new DiskOpenFile(file, disk.openForReading(home.file(entry.tree(), file.key()))));
        }
    }

    @Override
    public void forEachValue(UserName user, ValueVisitor visitor) throws IOException {
        Path data = paths.user(user).data();
        FolderWalk.walk(disk, data, (path, kind) -> {
            Optional<Key> key = EscapedPath.key(data.relativize(path));
            if (kind == PathKind.FILE && key.isPresent()) {
                visitor.visit(key.get(), () -> value(path));
            }
        });
    }

    private JsonObject value(Path path) throws IOException {
        try (DiskFile file = disk.openForReading(path)) {
            byte[] bytes = new byte[Math.toIntExact(file.size())];
            file.read(0, ByteBuffer.wrap(bytes));
            return Json.parse(new String(bytes, StandardCharsets.UTF_8))
                    .orElseThrow(() -> new IOException(path + " is damaged: it is not a JSON object"));
        }
    }

    @Override
    public long unfinishedUploads() throws IOException {
        Leftovers leftovers = new Leftovers(disk, new Folders(disk, paths.root()));
        return new UploadFolders(disk, paths.uploads(), leftovers).found().size();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
