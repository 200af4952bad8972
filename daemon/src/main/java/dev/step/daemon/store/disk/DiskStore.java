package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.disk.UnsyncedDisk;
import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.journal.JournalRecovery;
import dev.step.daemon.journal.RecoveredJournal;
import dev.step.daemon.store.Quotas;
import dev.step.daemon.store.ScrubStatus;
import dev.step.daemon.store.ServedStore;
import dev.step.daemon.store.Usage;
import dev.step.daemon.store.UserData;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store in a folder, which the package's comment draws. One server at a time has it open. */
public final class DiskStore implements ServedStore {
    private static final Logger LOG = LoggerFactory.getLogger(DiskStore.class);

    /** More than file systems keep beside a file's name. */
    private static final int PROBE_BYTES = 4 << 10;

    private final Disk disk;
    private final StorePaths paths;
    private final Closeable lock;
    private final Folders folders;
    private final Leftovers leftovers;
    private final StoreThreads threads = new StoreThreads();
    private final JournalRecovery recovery;
    private final StoreUploads uploads;
    private final UploadCare care;
    private final ScrubPace scrubPace;
    private final Scrub scrub;
    private final Map<UserName, User> users = new ConcurrentHashMap<>();
    private final long minFreeBytes;

    private DiskStore(Disk disk, StorePaths paths, Closeable lock, StoreSettings settings, InstantSource clock) {
        this.disk = disk;
        this.minFreeBytes = settings.minFreeBytes();
        this.paths = paths;
        this.lock = lock;
        this.folders = new Folders(disk, paths.root());
        this.leftovers = new Leftovers(disk, folders);
        this.recovery = new JournalRecovery(disk, paths.uploads(), paths.quarantine());
        UploadFolders uploadFolders = new UploadFolders(disk, paths.uploads(), leftovers);
        this.uploads = new StoreUploads(
                uploadFolders,
                new UploadFiles(
                        disk,
                        uploadFolders,
                        recovery,
                        settings.durability(),
                        new Hashing(threads.hashers(), new BlockMemory())),
                new SharedSyncs(threads.syncers()),
                new SpaceLedger(disk, paths.root(), settings.minFreeBytes()),
                clock,
                new AtomicLong());
        this.scrubPace = new ScrubPace(Math.max(1, settings.scrubBytesPerSecond()));
        this.scrub = new Scrub(
                disk,
                paths,
                new QuarantinedFiles(disk, paths, folders),
                user -> user(user).names(),
                scrubPace);
        this.care = new UploadCare(this::allUploads, settings.uploadExpiry(), clock);
    }

    /** Opens a store with what is good for most. */
    public static DiskStore open(Disk disk, Path root) throws IOException {
        return open(disk, root, StoreSettings.DEFAULT, InstantSource.system());
    }

    /** Opens a store, and tells nobody of syncs; see the last one for the parameters. */
    public static DiskStore open(Disk disk, Path root, StoreSettings settings, InstantSource clock) throws IOException {
        return open(disk, root, settings, clock, SyncObserver.NONE);
    }

    /**
     * Opens a store; a folder that is missing or empty becomes one. What unfinished uploads have is found out behind,
     * or when somebody continues them.
     *
     * @param observer is told of syncs
     * @throws IOException also when the folder is something else, the store of another version, or in use
     */
    public static DiskStore open(
            Disk realDisk, Path root, StoreSettings settings, InstantSource clock, SyncObserver observer)
            throws IOException {
        Disk disk = disk(realDisk, settings.durability(), observer);
        StorePaths paths = new StorePaths(disk.openHome(root));
        if (!paths.leavesRoomForKeys()) {
            throw new IOException("The path of the store " + paths.root() + " is too long: with more than "
                    + StorePaths.MAX_ROOT_BYTES + " bytes the longest keys would find no place");
        }
        StoreFormat format = new StoreFormat(disk, paths);
        format.check();
        Closeable lock = format.lock();
        DiskStore store = new DiskStore(disk, paths, lock, settings, clock);
        boolean ready = false;
        try {
            store.prepare();
            ready = true;
        } finally {
            if (!ready) {
                lock.close();
            }
        }
        store.threads.start(store.care);
        if (settings.scrubBytesPerSecond() > 0) {
            store.threads.start(store.scrub);
        }
        return store;
    }

    private static Disk disk(Disk realDisk, Durability durability, SyncObserver observer) {
        if (durability == Durability.NONE) {
            return new UnsyncedDisk(realDisk);
        }
        return observer == SyncObserver.NONE ? realDisk : new ObservedDisk(realDisk, observer);
    }

    private void prepare() throws IOException {
        new StoreFormat(disk, paths).prepare();
        folders.make(paths.users());
        folders.make(paths.uploads());
        int found = 0;
        for (UploadFolder folder : uploads.folders().all()) {
            found += find(folder) ? 1 : 0;
        }
        if (found > 0) {
            LOG.info("Found {} unfinished uploads", found);
        }
    }

    /** Reads no more than an upload's header, so that the server can start soon; false if there is no upload. */
    private boolean find(UploadFolder folder) throws IOException {
        Optional<JournalHeader> header = recovery.header(folder.id());
        if (header.isPresent()) {
            uploads.sequence().accumulateAndGet(header.get().identity().sequence(), Math::max);
            user(header.get().target().user()).files().found(header.get());
            return true;
        }
        RecoveredJournal recovered = recovery.recover(folder.id());
        if (recovered instanceof RecoveredJournal.NeverBegun) {
            uploads.folders().remove(folder);
        } else {
            LOG.error("Upload {} cannot go on: {}", folder.id(), recovered);
        }
        return false;
    }

    @Override
    public void limit(Quotas quotas) {
        uploads.space().limit(quotas);
    }

    @Override
    public ScrubStatus scrubStatus() {
        return scrub.status();
    }

    private List<DiskUpload> allUploads() {
        return users.values().stream()
                .map(user -> user.files().uploads())
                .flatMap(Collection::stream)
                .toList();
    }

    @Override
    public UserFiles files(UserName user) {
        return user(user).files();
    }

    /**
     * Takes a file that does not come from a client.
     *
     * @return false if the key has the same content already
     * @throws RefusedException 402 when the key has another content, 412 when what comes is not what is expected, 413 when
     *     there is no room
     */
    boolean adopt(UserName user, Adoption.Incoming file, InputStream content) throws IOException, RefusedException {
        return new Adoption(disk, uploads.folders(), uploads.space())
                .take(file, content, user(user).names());
    }

    @Override
    public UserData data(UserName user) {
        return user(user).data();
    }

    private User user(UserName name) {
        return users.computeIfAbsent(name, this::load);
    }

    private User load(UserName name) {
        UserPlace place = new UserPlace(disk, paths.user(name), folders, leftovers, uploads.folders());
        FileNames names = new FileNames(place);
        ValueIndex values = new ValueIndex(place);
        UserSpace space = new UserSpace(name, names, values, uploads.space());
        return new User(names, new DiskFiles(name, names, uploads, space), new DiskData(place, values, space));
    }

    @Override
    public List<UnfinishedUpload> unfinishedUploads() {
        return allUploads().stream()
                .map(upload -> new UnfinishedUpload(
                        upload.header().target().user(),
                        upload.key(),
                        upload.plan().size(),
                        upload.missingBytes(),
                        upload.header().identity().created()))
                .toList();
    }

    @Override
    public Optional<Space> space() throws IOException {
        return Optional.of(new Space(disk.freeBytes(paths.root()), minFreeBytes));
    }

    @Override
    public Optional<Usage> usage() throws IOException {
        long files = 0;
        long bytes = 0;
        for (UserHomes.Home home : UserHomes.in(disk, paths.users()).all()) {
            User known = users.get(home.user());
            Usage its = known != null
                    ? known.names().usage()
                    : CatalogueReading.of(disk, home.paths()).usage();
            files += its.files();
            bytes += its.bytes();
        }
        return Optional.of(new Usage(files, bytes));
    }

    @Override
    public void tryWriting() throws IOException {
        Path probe = uploads.folders().folder(uploads.folders().newId()).whole();
        try (DiskFile file = disk.create(probe)) {
            file.write(0, ByteBuffer.allocate(PROBE_BYTES));
            file.sync();
        } finally {
            if (disk.kind(probe) != PathKind.NOTHING) {
                disk.deleteFile(probe);
            }
        }
    }

    /** Closes the files, and lets others open the store. Nobody may use it any more. */
    @Override
    public void close() throws IOException {
        care.end();
        scrubPace.end();
        uploads.files().stop();
        threads.close();
        users.values().forEach(user -> user.files().close());
        lock.close();
    }

    /** What one user has. Nothing of it is read before it is used. */
    private record User(FileNames names, DiskFiles files, DiskData data) {}
}
