package dev.step.daemon;

import dev.step.daemon.auth.AccountLogin;
import dev.step.daemon.auth.AccountQuotas;
import dev.step.daemon.auth.Accounts;
import dev.step.daemon.auth.Authenticator;
import dev.step.daemon.auth.OpenLogin;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.auth.TokenKeys;
import dev.step.daemon.connection.ConnectionRules;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.Quotas;
import dev.step.daemon.store.StoreInUseException;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.daemon.store.disk.Durability;
import dev.step.daemon.store.disk.StoreSettings;
import dev.step.protocol.HostAndPort;
import dev.step.protocol.message.Quota;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * Starts the server that these options describe.
     *
     * @throws IOException in words for the admin
     */
    StepServer start() throws IOException {
        InetSocketAddress address = address();
        DiskStore files = openStore();
        Authenticator authenticator;
        ConnectionRules rules;
        try {
            authenticator = authenticator(address);
            rules = connections.rules(store.store(), address);
        } catch (IOException e) {
            files.close();
            throw e;
        }
        files.limit(quotas());
        try {
            return StepServer.start(address, files, authenticator, rules);
        } catch (IOException e) {
            throw new IOException(
                    "Cannot listen on " + listen + ": " + e.getMessage() + "; name another place with --listen", e);
        }
    }

    /** Who may have how much. */
    Quotas quotas() {
        Quota everybody = quota.quota();
        return switch (auth) {
            case open -> user -> everybody;
            case accounts -> new AccountQuotas(store.accounts(), everybody);
        };
    }

    /** How connections are to be taken, with the certificate as it is now. */
    ConnectionRules connectionRules() throws IOException {
        return connections.rules(store.store(), address());
    }

    /**
     * What would keep a server from starting on this machine, in words for the admin.
     *
     * @param placeOf where a setting of this name was set
     */
    List<String> obstacles(UnaryOperator<String> placeOf) {
        List<String> found = new ArrayList<>();
        tryOut(placeOf.apply("listen"), this::address, found);
        tryOut(placeOf.apply("store"), store::checkFolder, found);
        tryOut(placeOf.apply("tls-certificate"), () -> connections.tls(store.store()), found);
        if (auth == Auth.accounts) {
            tryOut(placeOf.apply("accounts"), () -> store.accounts().all(), found);
        }
        return found;
    }

    private static void tryOut(String place, Attempt attempt, List<String> failures) {
        try {
            attempt.run();
        } catch (IOException e) {
            failures.add(place + ": " + ServerMain.words(e));
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

    private DiskStore openStore() throws IOException {
        try {
            return DiskStore.open(new RealDisk(), store.store(), settings(), InstantSource.system());
        } catch (StoreInUseException e) {
            throw new IOException(e.getMessage() + "; stop that one, or name another store with --store", e);
        }
    }

    private StoreSettings settings() {
        return new StoreSettings(
                durability,
                Duration.ofDays(uploadExpiryDays),
                (long) minFreeMebibytes << 20,
                (long) scrubMebibytes << 20);
    }

    private Authenticator authenticator(InetSocketAddress address) throws IOException {
        Clock clock = Clock.systemUTC();
        TokenKeys keys = TokenKeys.in(TokenKeys.ofStore(store.store()), clock);
        SignedTokens tokens = SignedTokens.withKeys(keys, TOKEN_LIFETIME, clock);
        return switch (auth) {
            case open -> openLogin(tokens, address);
            case accounts -> accountLogin(tokens, clock);
        };
    }

    private static Authenticator openLogin(SignedTokens tokens, InetSocketAddress address) {
        if (!address.getAddress().isLoopbackAddress()) {
            log().warn("Open login: whoever reaches {} can read and change everybody's files", address);
        }
        return new OpenLogin(tokens);
    }

    private Authenticator accountLogin(SignedTokens tokens, Clock clock) throws IOException {
        Accounts accounts = store.accounts();
        if (accounts.isEmpty()) {
            log().warn("There are no accounts yet; \"step-server user add\" adds one");
        }
        return new AccountLogin(accounts, tokens, clock);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(ServerOptions.class); // not before the log is configured
    }
}
