package dev.step.daemon;

import dev.step.daemon.auth.Accounts;
import dev.step.daemon.auth.TokenKeys;
import dev.step.daemon.place.FolderPlace;
import dev.step.daemon.place.StoreAddress;
import dev.step.daemon.place.StorePlace;
import dev.step.daemon.place.StoreProviders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which store a command is about, and where its accounts are. */
final class StoreOption {
    @Option(
            names = "--store",
            paramLabel = "PLACE",
            required = true,
            description = {
                "Where users' files are: a folder, which is made when it does not exist, or s3://BUCKET/PREFIX in an"
                        + " object storage,",
                "which any number of servers may share."
            })
    private String store = "";

    @Mixin
    private BucketOptions bucket = new BucketOptions();

    @Option(
            names = "--accounts",
            paramLabel = "FILE",
            description = "The file that holds the accounts. Default: \"accounts\" in the store.")
    private @Nullable Path accounts;

    /** Where the store lies, to be closed by who asks. */
    StorePlace place() throws IOException {
        return place(store, bucket);
    }

    /** The place that an admin has named, to be closed by who asks. */
    static StorePlace place(String store, BucketOptions bucket) throws IOException {
        Optional<Path> folder = folderIfAny(store);
        if (folder.isPresent()) {
            return new FolderPlace(folder.get());
        }
        ServerLog.configure(); // for commands that have no log of their own: unconfigured, a module's libraries tell
        // everything
        return StoreProviders.place(new StoreAddress(store, bucket.access()));
    }

    /** The store's folder; empty when it is not in one. */
    Optional<Path> folderIfAny() {
        return folderIfAny(store);
    }

    private static Optional<Path> folderIfAny(String store) {
        return StoreAddress.schemeOf(store).isEmpty()
                ? Optional.of(Path.of(store).toAbsolutePath().normalize())
                : Optional.empty();
    }

    /**
     * The store's folder, for what can be done with a folder only.
     *
     * @throws IOException in words for the admin, when the store is not in one
     */
    Path folder() throws IOException {
        return folderIfAny()
                .orElseThrow(() -> new IOException("This works on a store in a folder only, and --store is " + store));
    }

    /** Refuses what is there and cannot be a store. */
    void check() throws IOException {
        try (StorePlace place = place()) {
            place.check();
        }
    }

    /** Makes what has to be there before accounts and certificates can be written. */
    void prepare() throws IOException {
        try (StorePlace place = place()) {
            place.prepare();
        }
    }

    /** The accounts of a store that lies there, unless the admin says otherwise. */
    Accounts accounts(StorePlace place) {
        return accounts == null ? new Accounts(place.document(Accounts.NAME)) : new Accounts(accounts);
    }

    /** Whether the accounts are where the store is, and not in a file of their own. */
    boolean keepsAccounts() {
        return accounts == null;
    }

    /** Does something with the accounts. */
    void withAccounts(Work<Accounts> work) throws IOException {
        if (accounts != null) {
            work.on(new Accounts(accounts));
            return;
        }
        try (StorePlace place = place()) {
            work.on(accounts(place));
        }
    }

    /** Does something with the keys that tokens are signed with. */
    void withTokenKeys(Work<TokenKeys> work) throws IOException {
        try (StorePlace place = place()) {
            work.on(TokenKeys.in(place.document(TokenKeys.NAME), Clock.systemUTC()));
        }
    }

    /** What is to be done with something that belongs to a store. */
    interface Work<T> {
        void on(T thing) throws IOException;
    }
}
