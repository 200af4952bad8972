package dev.step.daemon;

import dev.step.daemon.auth.AccountLogin;
import dev.step.daemon.auth.AccountQuotas;
import dev.step.daemon.auth.Accounts;
import dev.step.daemon.auth.Authenticator;
import dev.step.daemon.auth.OpenLogin;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.auth.TokenKeys;
import dev.step.daemon.connection.ConnectionRules;
import dev.step.daemon.place.StorePlace;
import dev.step.daemon.request.RequestObserver;
import dev.step.daemon.store.Quotas;
import dev.step.daemon.store.ServedStore;
import dev.step.daemon.store.disk.Durability;
import dev.step.daemon.store.disk.StoreSettings;
import dev.step.protocol.HostAndPort;
import dev.step.protocol.message.Quota;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a server is started with: the options of {@code step-server run}. */
final class ServerOptions {
    /** How long a login lasts. */
    static final Duration TOKEN_LIFETIME = Duration.ofDays(1);

    /** Who may log in. */
    enum Auth {
        /** Whoever says so: the protocol's own rule. */
        open,
        /** Who has an account. */
        accounts
    }

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "0.0.0.0:1379",
            description = "Where to listen; port 0 lets the system choose. Default: ${DEFAULT-VALUE}")
    private HostAndPort listen = HostAndPort.parse("0.0.0.0");

    @Mixin
    private StoreOption store = new StoreOption();

    @Option(
            names = "--auth",
            paramLabel = "open|accounts",
            defaultValue = "accounts",
            description = {
                "Who may log in. open: anybody, a user's password being the user's name;",
                "accounts: who was added with \"step-server user add\". Default: ${DEFAULT-VALUE}"
            })
    private Auth auth = Auth.accounts;

    @Option(
            names = "--durability",
            paramLabel = "file|block|none",
            defaultValue = "file",
            description = {
                "What survives a power cut. file: a file, once it is complete; block: every block that was answered,"
                        + " too;",
                "none: nothing. The death of the server costs nothing with any of them. Default: ${DEFAULT-VALUE}"
            })
    private Durability durability = Durability.FILE;

    @Option(
            names = "--upload-expiry",
            paramLabel = "DAYS",
            defaultValue = "7",
            converter = WholeNumber.Positive.class,
            description = "Discard an unfinished upload that nobody has continued for so many days. "
                    + "Default: ${DEFAULT-VALUE}")
    private int uploadExpiryDays = 7;

    @Option(
            names = "--min-free",
            paramLabel = "MIB",
            defaultValue = "64",
            converter = WholeNumber.NotNegative.class,
            description = "Promise uploads no more of the disk than leaves so many MiB free. Default: ${DEFAULT-VALUE}")
    private int minFreeMebibytes = 64;

    @Option(
            names = "--scrub",
            paramLabel = "MIB",
            defaultValue = "0",
            converter = WholeNumber.NotNegative.class,
            description =
                    "Read all files again once a day, so many MiB a second, and take those out that are damaged: into "
                            + "the store's folder quarantine. 0: do not. Default: ${DEFAULT-VALUE}")
    private int scrubMebibytes = 0;

    @Mixin
    private QuotaOptions quota = new QuotaOptions();

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    private WatchOptions watching = new WatchOptions();

    @Mixin
    private LogOptions logging = new LogOptions();

    WatchOptions watching() {
        return watching;
    }

    LogOptions logging() {
        return logging;
    }

    /**
     * A server that has been started.
     *
     * @param accounts of those who may log in; empty: everybody may
     */
    record Started(StepServer server, Optional<Accounts> accounts) {}

    /**
     * Starts the server that these options describe.
     *
     * @param watch is told of all that it does, and lets others look at it from now on
     * @throws IOException in words for the admin
     */
    Started start(Watch watch) throws IOException {
        InetSocketAddress address = address();
        StorePlace place = store.place();
        boolean started = false;
        try {
            Optional<Accounts> accounts = auth == Auth.accounts ? Optional.of(store.accounts(place)) : Optional.empty();
            StepServer server = start(watch, address, place, accounts);
            started = true;
            return new Started(server, accounts);
        } finally {
            if (!started) {
                place.close();
            }
        }
    }

    private StepServer start(Watch watch, InetSocketAddress address, StorePlace place, Optional<Accounts> accounts)
            throws IOException {
        ServedStore files = place.open(settings(), watch.syncs());
        files.limit(quotas(accounts));
        StepServer server = serve(address, files, () -> authenticator(address, place, accounts), watch.requests());
        boolean watched = false;
        try {
            watch.begin(server.shownAddress(), server.connections(), files);
            watched = true;
        } finally {
            if (!watched) {
                server.close();
            }
        }
        return server;
    }

    private StepServer serve(
            InetSocketAddress address, ServedStore files, AuthenticatorSource login, RequestObserver observer)
            throws IOException {
        Authenticator authenticator;
        ConnectionRules rules;
        try {
            authenticator = login.get();
            rules = connections.rules(store.folderIfAny(), address);
        } catch (IOException e) {
            files.close();
            throw e;
        }
        try {
            return StepServer.start(address, files, authenticator, rules, observer);
        } catch (IOException e) {
            throw new IOException(
                    "Cannot listen on " + listen + ": " + e.getMessage() + "; name another place with --listen", e);
        }
    }

    /** Prepares to let users in, which may need the store to be there. */
    private interface AuthenticatorSource {
        Authenticator get() throws IOException;
    }

    /** Who may have how much, where these have accounts. */
    Quotas quotas(Optional<Accounts> accounts) {
        Quota everybody = quota.quota();
        return accounts.isPresent() ? new AccountQuotas(accounts.get(), everybody) : user -> everybody;
    }

    /** How connections are to be taken, with the certificate as it is now. */
    ConnectionRules connectionRules() throws IOException {
        return connections.rules(store.folderIfAny(), address());
    }

    /**
     * What would keep a server from starting on this machine, in words for the admin.
     *
     * @param placeOf where a setting of this name was set
     */
    List<String> obstacles(UnaryOperator<String> placeOf) {
        List<String> found = new ArrayList<>();
        tryOut(placeOf.apply("listen"), this::address, found);
        boolean isStoreUsable = tryOut(placeOf.apply("store"), store::check, found);
        tryOut(placeOf.apply("tls-certificate"), () -> connections.tls(store.folderIfAny()), found);
        tryOut(placeOf.apply("metrics"), watching::metricsAddress, found);
        tryOut(placeOf.apply("audit-log"), logging::checkFolder, found);
        if (auth == Auth.accounts && (isStoreUsable || !store.keepsAccounts())) {
            tryOut(placeOf.apply("accounts"), () -> store.withAccounts(Accounts::all), found);
        }
        return found;
    }

    private static boolean tryOut(String place, Attempt attempt, List<String> failures) {
        try {
            attempt.run();
            return true;
        } catch (IOException e) {
            failures.add(place + ": " + ServerMain.words(e));
            return false;
        }
    }

    /** Something that fails now if it would fail later. */
    private interface Attempt {
        void run() throws IOException;
    }

    private InetSocketAddress address() throws IOException {
        InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
        if (address.isUnresolved()) {
            throw new IOException("Cannot listen on " + listen + ": no such host");
        }
        return address;
    }

    private StoreSettings settings() {
        return new StoreSettings(
                durability,
                Duration.ofDays(uploadExpiryDays),
                (long) minFreeMebibytes << 20,
                (long) scrubMebibytes << 20);
    }

    private static Authenticator authenticator(InetSocketAddress address, StorePlace place, Optional<Accounts> accounts)
            throws IOException {
        Clock clock = Clock.systemUTC();
        TokenKeys keys = TokenKeys.in(place.document(TokenKeys.NAME), clock);
        SignedTokens tokens = SignedTokens.withKeys(keys, TOKEN_LIFETIME, clock);
        return accounts.isPresent() ? accountLogin(accounts.get(), tokens, clock) : openLogin(tokens, address);
    }

    private static Authenticator openLogin(SignedTokens tokens, InetSocketAddress address) {
        if (!address.getAddress().isLoopbackAddress()) {
            log().warn("Open login: whoever reaches {} can read and change everybody's files", address);
        }
        return new OpenLogin(tokens);
    }

    private static Authenticator accountLogin(Accounts accounts, SignedTokens tokens, Clock clock) throws IOException {
        if (accounts.isEmpty()) {
            log().warn("There are no accounts yet; \"step-server user add\" adds one");
        }
        return new AccountLogin(accounts, tokens, clock);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(ServerOptions.class); // not before the log is configured
    }
}
