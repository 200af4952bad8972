package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.store.Store;
import dev.step.daemon.store.StoreInUseException;
import dev.step.daemon.store.UserData;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.UserName;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A store in a folder, which the package's comment draws. One server at a time has it open. */
public final class DiskStore implements Store {
    private final Disk disk;
    private final StorePaths paths;
    private final Closeable lock;
    private final Folders folders;
    private final Leftovers leftovers;
    private final UploadFolders uploadFolders;
    private final Map<UserName, User> users = new ConcurrentHashMap<>();

    private DiskStore(Disk disk, StorePaths paths, Closeable lock) {
        this.disk = disk;
        this.paths = paths;
        this.lock = lock;
        this.folders = new Folders(disk, paths.root());
        this.leftovers = new Leftovers(disk, folders);
        this.uploadFolders = new UploadFolders(disk, paths.uploads(), leftovers);
    }

    /**
     * Opens a store; a folder that is missing or empty becomes one.
     *
     * @throws IOException also when the folder is something else, the store of another version, or in use
     */
    public static DiskStore open(Disk disk, Path root) throws IOException {
        StorePaths paths = new StorePaths(disk.openHome(root));
        if (!paths.leavesRoomForKeys()) {
            throw new IOException("The path of the store " + paths.root() + " is too long: with more than "
                    + StorePaths.MAX_ROOT_BYTES + " bytes the longest keys would find no place");
        }
        new StoreFormat(disk, paths).check();
        Closeable lock = disk.lock(paths.lock())
                .orElseThrow(
                        () -> new StoreInUseException("The store " + paths.root() + " is in use by another server"));
        DiskStore store = new DiskStore(disk, paths, lock);
        boolean ready = false;
        try {
            store.prepare();
            ready = true;
        } finally {
            if (!ready) {
                lock.close();
            }
        }
        return store;
    }

    private void prepare() throws IOException {
        new StoreFormat(disk, paths).writeIfMissing();
        folders.make(paths.users());
        folders.make(paths.uploads());
        uploadFolders.removeAll();
    }

    @Override
    public UserFiles files(UserName user) {
        return user(user).files();
    }

    @Override
    public UserData data(UserName user) {
        return user(user).data();
    }

    private User user(UserName name) {
        return users.computeIfAbsent(name, this::load);
    }

    private User load(UserName name) {
        UserPaths home = paths.user(name);
        FileNames names = new FileNames(disk, home, folders, leftovers);
        return new User(
                new DiskFiles(disk, names, uploadFolders), new DiskData(disk, home, folders, leftovers, uploadFolders));
    }

    /** Ends the uploads that are not complete, and lets others open the store. */
    @Override
    public void close() throws IOException {
        users.values().forEach(user -> user.files().close());
        lock.close();
    }

    /** What one user has. Nothing of it is read before it is used. */
    private record User(DiskFiles files, DiskData data) {}
}
