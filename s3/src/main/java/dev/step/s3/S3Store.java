package dev.step.s3;

import dev.step.daemon.store.Quotas;
import dev.step.daemon.store.ScrubStatus;
import dev.step.daemon.store.ServedStore;
import dev.step.daemon.store.Usage;
import dev.step.daemon.store.UserData;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store in a bucket, which the package's comment draws. Any number of servers may have it open. */
public final class S3Store implements ServedStore {
    private static final Logger LOG = LoggerFactory.getLogger(S3Store.class);
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final long CARE_SECONDS = 600;

    private final SharedParts parts;
    private final UploadCare care;
    private final Sweep sweep;
    private final ScheduledExecutorService carer;
    private final Map<UserName, User> users = new ConcurrentHashMap<>();
    private volatile Quotas quotas = Quotas.NONE;

    private S3Store(ObjectStorage storage, Duration uploadExpiry, InstantSource clock) {
        this.parts = SharedParts.of(storage, clock);
        this.care = new UploadCare(parts, uploadExpiry);
        this.sweep = new Sweep(parts);
        this.carer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "upload-care");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens a store; where nothing is, one is made.
     *
     * @param endpoint where the object storage is, instead of what the environment says
     * @param uploadExpiry how long unfinished uploads wait for somebody to continue them
     * @throws IOException also when the bucket is missing or does not answer, or has a store of another version
     */
    public static S3Store open(S3Location location, Optional<URI> endpoint, Duration uploadExpiry) throws IOException {
        return open(S3ObjectStorage.open(location, endpoint), uploadExpiry, InstantSource.system());
    }

    static S3Store open(ObjectStorage storage, Duration uploadExpiry, InstantSource clock) throws IOException {
        S3Store store = new S3Store(storage, uploadExpiry, clock);
        boolean ready = false;
        try {
            BucketFormat.prepare(storage);
            store.startCare();
            ready = true;
        } finally {
            if (!ready) {
                store.close();
            }
        }
        return store;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // takeCare lets no exception out
    private void startCare() {
        carer.scheduleWithFixedDelay(this::takeCare, CARE_SECONDS, CARE_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends what has expired, removes what has been garbage for long, and looks for more of it. */
    void takeCare() {
        try {
            users.values().forEach(user -> user.files().forgetIdle(parts.now(), IDLE));
            care.run();
            parts.garbage().collect();
            sweep.step();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Care of the store has failed, and is tried again later", e);
        }
    }

    @Override
    public void limit(Quotas limits) {
        quotas = limits;
    }

    @Override
    public UserFiles files(UserName user) {
        return user(user).files();
    }

    @Override
    public UserData data(UserName user) {
        return user(user).data();
    }

    /** Those that this server has to do with. */
    @Override
    public List<UnfinishedUpload> unfinishedUploads() {
        return users.values().stream()
                .flatMap(user -> user.files().unfinished().stream())
                .toList();
    }

    @Override
    public Optional<Space> space() {
        return Optional.empty(); // nobody tells
    }

    @Override
    public Optional<Usage> usage() {
        return Optional.empty(); // a look at every file of a bucket takes hours, and costs
    }

    @Override
    public ScrubStatus scrubStatus() {
        return ScrubStatus.NOTHING; // the object storage does that itself
    }

    @Override
    public void tryWriting() throws IOException {
        parts.storage().tryWriting(ObjectNames.TRY);
    }

    private User user(UserName name) {
        return users.computeIfAbsent(name, this::load);
    }

    private User load(UserName name) {
        UserObjects objects = UserObjects.of(new ObjectNames(name), parts);
        FileListing listing = FileListing.of(objects);
        UserRoom room = new UserRoom(objects, listing, () -> quotas);
        return new User(new S3Files(objects, room, listing), S3Data.of(objects, room));
    }

    @Override
    public void close() throws IOException {
        carer.shutdown();
        parts.together().close();
        parts.storage().close();
    }

    private record User(S3Files files, S3Data data) {}
}
