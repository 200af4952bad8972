package dev.step.daemon;

import dev.step.daemon.auth.AccountLogin;
import dev.step.daemon.auth.Accounts;
import dev.step.daemon.auth.Authenticator;
import dev.step.daemon.auth.OpenLogin;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.auth.TokenKeys;
import dev.step.daemon.connection.ConnectionRules;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.protocol.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
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

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    /**
     * Starts the server that these options describe.
     *
     * @throws IOException in words for the admin
     */
    StepServer start() throws IOException {
        InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
        if (address.isUnresolved()) {
            throw new IOException("Cannot listen on " + listen + ": no such host");
        }
        DiskStore files = DiskStore.open(new RealDisk(), store.store());
        Authenticator authenticator;
        ConnectionRules rules;
        try {
            authenticator = authenticator(address);
            rules = connections.rules(store.store(), address);
        } catch (IOException e) {
            files.close();
            throw e;
        }
        try {
            return StepServer.start(address, files, authenticator, rules);
        } catch (IOException e) {
            throw new IOException("Cannot listen on " + listen + ": " + e.getMessage(), e);
        }
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
