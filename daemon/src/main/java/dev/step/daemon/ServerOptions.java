package dev.step.daemon;

import dev.step.daemon.auth.Authenticator;
import dev.step.daemon.auth.OpenLogin;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.StoreInUseException;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.daemon.store.disk.Durability;
import dev.step.daemon.store.disk.StoreSettings;
import dev.step.protocol.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import picocli.CommandLine.Option;

/** What a server is started with: the options of {@code step-server run}. */
final class ServerOptions {
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(1);

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

    @Option(
            names = "--store",
            paramLabel = "DIR",
            required = true,
            description = "The folder that holds users' files; made when it does not exist.")
    private Path store = Path.of("");

    @Option(
            names = "--auth",
            paramLabel = "open|accounts",
            defaultValue = "accounts",
            description = {
                "Who may log in. open: anybody, a user's password being the user's name;",
                "accounts: not available yet. Default: ${DEFAULT-VALUE}"
            })
    private Auth auth = Auth.accounts;

    @Option(
            names = "--durability",
            paramLabel = "file|block|none",
            defaultValue = "file",
            description = {
                "What survives a power cut. file: a file, once it is complete; block: every block that was answered, too;",
                "none: nothing. The death of the server costs nothing with any of them. Default: ${DEFAULT-VALUE}"
            })
    private Durability durability = Durability.FILE;

    @Option(
            names = "--upload-expiry",
            paramLabel = "DAYS",
            defaultValue = "7",
            description = "Discard an unfinished upload that nobody has continued for so many days. "
                    + "Default: ${DEFAULT-VALUE}")
    private int uploadExpiryDays = 7;

    @Option(
            names = "--min-free",
            paramLabel = "MIB",
            defaultValue = "64",
            description = "Promise uploads no more of the disk than leaves so many MiB free. Default: ${DEFAULT-VALUE}")
    private int minFreeMebibytes = 64;

    /**
     * Starts the server that these options describe.
     *
     * @throws IOException in words for the admin
     */
    StepServer start() throws IOException {
        Authenticator authenticator = authenticator();
        InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
        if (address.isUnresolved()) {
            throw new IOException("Cannot listen on " + listen + ": no such host");
        }
        DiskStore files = openStore();
        try {
            return StepServer.start(address, files, authenticator);
        } catch (IOException e) {
            throw new IOException(
                    "Cannot listen on " + listen + ": " + e.getMessage() + "; name another place with --listen", e);
        }
    }

    private DiskStore openStore() throws IOException {
        try {
            return DiskStore.open(
                    new RealDisk(), store.toAbsolutePath().normalize(), settings(), InstantSource.system());
        } catch (StoreInUseException e) {
            throw new IOException(e.getMessage() + "; stop that one, or name another store with --store", e);
        }
    }

    private StoreSettings settings() throws IOException {
        if (uploadExpiryDays < 1 || minFreeMebibytes < 0) {
            throw new IOException("--upload-expiry has to be 1 or more, and --min-free 0 or more");
        }
        return new StoreSettings(durability, Duration.ofDays(uploadExpiryDays), (long) minFreeMebibytes << 20);
    }

    private Authenticator authenticator() throws IOException {
        return switch (auth) {
            case open -> new OpenLogin(SignedTokens.withFreshKey(TOKEN_LIFETIME, Clock.systemUTC()));
            case accounts ->
                throw new IOException("Accounts are not available yet: start with --auth open, which lets anybody in");
        };
    }
}
