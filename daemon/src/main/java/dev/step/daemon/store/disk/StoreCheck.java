package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.journal.JournalInspector;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares everything in a store with everything else: each file with its digest, the catalogues with what lies on the
 * disk, the journals with the blocks, owners and rights with those that a store has. Nobody else may have it open.
 */
public final class StoreCheck {
    private final Disk disk;
    private final StorePaths paths;
    private final boolean repairs;
    private final Consumer<String> out;
    private final StoreRepair repair;

    private long users;
    private long files;
    private long bytes;
    private long values;
    private int faults;
    private int repaired;

    private StoreCheck(Disk disk, StorePaths paths, boolean repairs, Consumer<String> out) {
        this.disk = disk;
        this.paths = paths;
        this.repairs = repairs;
        this.out = out;
        this.repair = new StoreRepair(disk, paths);
    }

    /**
     * Checks a store.
     *
     * @param repairs whether to make it usable again; else nothing is changed
     * @param out takes a line for each fault, and one at the end
     * @return whether the store is as it should be now
     * @throws IOException also when it is no store, or in use
     */
    public static boolean run(Disk disk, Path root, boolean repairs, Consumer<String> out) throws IOException {
        new StoreFormat(disk, new StorePaths(root)).requireStore();
        StorePaths paths = new StorePaths(disk.openHome(root));
        try (Closeable lock = new StoreFormat(disk, paths).lock()) {
            return new StoreCheck(disk, paths, repairs, out).run();
        }
    }

    private boolean run() throws IOException {
        checkRoot();
        UploadFolders uploadFolders =
                new UploadFolders(disk, paths.uploads(), new Leftovers(disk, new Folders(disk, paths.root())));
        List<UploadFolder> uploads = uploadFolders.found();
        UnplacedUploads unplaced = UnplacedUploads.in(disk, paths, uploads);
        checkUploads();
        UserHomes homes = UserHomes.in(disk, paths.users());
        for (Path other : homes.others()) {
            handle(new Fault(Fault.Kind.UNKNOWN, other, "does not belong among the users' folders"));
        }
        for (UserHomes.Home home : homes.all()) {
            checkUser(home.paths(), unplaced);
        }
        out.accept("users: " + users + ", files: " + files + " of " + bytes + " bytes, values: " + values
                + ", unfinished uploads: " + uploads.size() + ", faults: " + faults + ", repaired: " + repaired);
        return faults == repaired;
    }

    private void checkRoot() throws IOException {
        for (Path path : List.of(paths.format(), paths.lock(), paths.users(), paths.uploads(), paths.quarantine())) {
            if (disk.kind(path) != PathKind.NOTHING) {
                checkAccess(path, disk.kind(path));
            }
        }
    }

    private void checkUploads() throws IOException {
        FolderWalk.walk(disk, paths.uploads(), this::checkAccess);
        JournalInspector journals = new JournalInspector(disk, paths.root(), InstantSource.system());
        for (JournalInspector.DamagedUpload damaged : journals.damaged()) {
            handle(new Fault(Fault.Kind.UPLOAD, damaged.folder(), damaged.words()));
        }
    }

    private void checkAccess(Path path, PathKind kind) throws IOException {
        if (kind != PathKind.OTHER) {
            disk.accessFault(path).ifPresent(words -> handle(new Fault(Fault.Kind.ACCESS, path, words)));
        }
    }

    private void checkUser(UserPaths user, UnplacedUploads unplaced) throws IOException {
        if (repairs) {
            repair.makeDurable(user);
        }
        UserReport report = new UserCheck(disk, user, unplaced).run();
        users++;
        files += report.sound().size();
        bytes += report.bytes();
        values += report.values();
        report.faults().forEach(this::handle);
        if (repairs && !report.catalogueIsRight()) {
            repair.rewriteCatalogue(user, new ArrayList<>(report.sound().values()));
        }
    }

    /** What cannot be repaired is told, and does not keep the rest from being. */
    private void handle(Fault fault) {
        faults++;
        if (!repairs) {
            out.accept(fault.line());
            return;
        }
        try {
            out.accept(fault.line() + "; repaired: " + repair.repair(fault));
            repaired++;
        } catch (IOException e) {
            out.accept(fault.line() + "; cannot be repaired: " + e);
        }
    }
}
