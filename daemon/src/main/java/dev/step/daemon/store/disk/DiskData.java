package dev.step.daemon.store.disk;

import com.google.gson.JsonObject;
import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.store.Refusals;
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

/** One user's values, each in a file of its own; the files' names say which there are. */
final class DiskData implements UserData {
    private final Disk disk;
    private final UserPaths paths;
    private final Folders folders;
    private final Leftovers leftovers;
    private final UploadFolders uploadFolders;
    private final ValueIndex index;
    private final UserSpace space;
    /** Held over changes of names, and their syncs. */
    private final ReentrantLock changes;

    DiskData(UserPlace place, ValueIndex index, UserSpace space) {
        this.disk = place.disk();
        this.paths = place.paths();
        this.folders = place.folders();
        this.leftovers = place.leftovers();
        this.uploadFolders = place.uploadFolders();
        this.index = index;
        this.space = space;
        this.changes = index.changes();
    }

    @Override
    public void save(Key key, JsonObject value) throws IOException, RefusedException {
        refuseIfThere(key);
        byte[] bytes = Json.encode(value);
        space.promiseValue(bytes.length);
        try {
            UploadFolder aside = uploadFolders.create();
            try {
                writeAside(aside.value(), bytes);
                publish(aside.value(), key, bytes.length);
            } finally {
                uploadFolders.remove(aside);
            }
        } finally {
            space.releaseValue(bytes.length);
        }
    }

    private void refuseIfThere(Key key) throws IOException, RefusedException {
        Path target = paths.value(key);
        if (folders.exists(Folders.parentOf(target)) && disk.kind(target) != PathKind.NOTHING) {
            throw Refusals.exists(key);
        }
    }

    private void writeAside(Path aside, byte[] value) throws IOException {
        try (DiskFile file = disk.create(aside)) {
            file.write(0, ByteBuffer.wrap(value));
            file.sync();
        }
    }

    private void publish(Path aside, Key key, long size) throws IOException, RefusedException {
        changes.lock();
        try {
            refuseIfThere(key);
            Path target = paths.value(key);
            folders.make(Folders.parentOf(target));
            disk.rename(aside, target);
            makeDurable(target);
            index.added(key, size);
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
            index.removed(key);
            disk.syncFolder(folder);
            leftovers.removeEmpty(folder, paths.data());
        } finally {
            changes.unlock();
        }
    }

    @Override
    public DataList list(ListQuery query) throws IOException {
        Listing.Page<Key> page = index.page(query);
        return new DataList(page.values(), page.after());
    }

    @Override
    public long bytes() throws IOException {
        return index.bytes();
    }
}
