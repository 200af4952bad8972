package dev.step.daemon.store.disk;

import com.google.gson.JsonObject;
import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.store.UserData;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.frame.Json;
import dev.step.protocol.message.DataList;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One user's values, each in a file of its own; the files' names say which there are. */
final class DiskData implements UserData {
    /** Held over changes of names, and their syncs. */
    private final ReentrantLock changes = new ReentrantLock();

    private final Disk disk;
    private final UserPaths paths;
    private final Folders folders;
    private final Leftovers leftovers;
    private final UploadFolders uploadFolders;
    /** The keys, from the first listing on. */
    private volatile @Nullable KeyIndex<Key> keys;

    DiskData(Disk disk, UserPaths paths, Folders folders, Leftovers leftovers, UploadFolders uploadFolders) {
        this.disk = disk;
        this.paths = paths;
        this.folders = folders;
        this.leftovers = leftovers;
        this.uploadFolders = uploadFolders;
    }

    @Override
    public void save(Key key, JsonObject value) throws IOException, RefusedException {
        refuseIfThere(key);
        UploadFolder aside = uploadFolders.create();
        try {
            writeAside(aside.value(), value);
            publish(aside.value(), key);
        } finally {
            uploadFolders.remove(aside);
        }
    }

    private void refuseIfThere(Key key) throws IOException, RefusedException {
        Path target = paths.value(key);
        if (folders.exists(Folders.parentOf(target)) && disk.kind(target) != PathKind.NOTHING) {
            throw Refusals.exists(key);
        }
    }

    private void writeAside(Path aside, JsonObject value) throws IOException {
        try (DiskFile file = disk.create(aside)) {
            file.write(0, ByteBuffer.wrap(Json.encode(value)));
            file.sync();
        }
    }

    private void publish(Path aside, Key key) throws IOException, RefusedException {
        changes.lock();
        try {
            refuseIfThere(key);
            Path target = paths.value(key);
            folders.make(Folders.parentOf(target));
            disk.rename(aside, target);
            makeDurable(target);
            KeyIndex<Key> known = keys;
            if (known != null) {
                known.put(key, key);
            }
        } finally {
            changes.unlock();
        }
    }

    private void makeDurable(Path target) throws IOException {
        boolean durable = false;
        try {
            disk.syncFolder(Folders.parentOf(target));
            durable = true;
        } finally {
            if (!durable) {
                leftovers.removeFile(target, paths.data());
            }
        }
    }

    @Override
    public JsonObject get(Key key) throws IOException, RefusedException {
        Path path = paths.value(key);
        String text = new String(read(path, key), StandardCharsets.UTF_8);
        return Json.parse(text).orElseThrow(() -> new IOException(path + " is damaged: it is not a JSON object"));
    }

    private byte[] read(Path path, Key key) throws IOException, RefusedException {
        if (!folders.exists(Folders.parentOf(path))) {
            throw Refusals.notExisting(key);
        }
        try (DiskFile file = disk.openForReading(path)) {
            byte[] bytes = new byte[Math.toIntExact(file.size())];
            file.read(0, ByteBuffer.wrap(bytes));
            return bytes;
        } catch (NoSuchFileException e) {
            throw Refusals.notExisting(key);
        }
    }

    @Override
    public void delete(Key key) throws IOException, RefusedException {
        changes.lock();
        try {
            Path path = paths.value(key);
            Path folder = Folders.parentOf(path);
            if (!folders.exists(folder) || disk.kind(path) == PathKind.NOTHING) {
                throw Refusals.notExisting(key);
            }
            disk.deleteFile(path);
            KeyIndex<Key> known = keys;
            if (known != null) {
                known.remove(key);
            }
            disk.syncFolder(folder);
            leftovers.removeEmpty(folder, paths.data());
        } finally {
            changes.unlock();
        }
    }

    @Override
    public DataList list(ListQuery query) throws IOException {
        Listing.Page<Key> page = keys().page(query);
        return new DataList(page.values(), page.after());
    }

    private KeyIndex<Key> keys() throws IOException {
        KeyIndex<Key> known = keys;
        if (known != null) {
            return known;
        }
        changes.lock();
        try {
            KeyIndex<Key> found = new KeyIndex<>();
            if (folders.exists(paths.data())) {
                collect(paths.data(), found);
            }
            keys = found;
            return found;
        } finally {
            changes.unlock();
        }
    }

    /** What lies there under names that no key has is not ours, and not listed. */
    private void collect(Path folder, KeyIndex<Key> found) throws IOException {
        for (String name : disk.list(folder)) {
            Path path = folder.resolve(name);
            switch (disk.kind(path)) {
                case FOLDER -> collect(path, found);
                case FILE -> EscapedPath.key(paths.data().relativize(path)).ifPresent(key -> found.put(key, key));
                case NOTHING, OTHER -> {}
            }
        }
    }
}
