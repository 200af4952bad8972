package dev.step.shell.embedded;

import dev.step.daemon.StepServer;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.auth.SingleUserLogin;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.Store;
import dev.step.daemon.store.StoreInUseException;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.protocol.HostAndPort;
import dev.step.protocol.UserName;
import dev.step.shell.client.Account;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import dev.step.shell.client.ServerLocator;
import dev.step.shell.client.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A server inside of this process, on a loopback port of its own, with a real store that stays. The one class of the shell
 * that knows the daemon.
 *
 * <p>One process serves a store at a time; others on the same store join it, through a file that only its owner can read.
 */
public final class EmbeddedServer implements ServerLocator {
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(1);
    private static final Duration JOIN_WITHIN = Duration.ofSeconds(10);
    private static final long JOIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int PASSWORD_BYTES = 32;

    private final Path store;
    private final String user;
    private @Nullable StepServer server;
    private @Nullable Target own;

    /**
     * Does not start yet.
     *
     * @param store the folder that holds what is stored; made when it is missing
     * @param user whose files they are, if this process comes to serve them
     */
    public EmbeddedServer(Path store, String user) {
        this.store = store.toAbsolutePath().normalize();
        this.user = user;
    }

    /** Starts the server, or finds the one that already serves this store: if that one has left, takes over. */
    @Override
    public Target locate() throws ClientException {
        Target started = own;
        return started == null ? startOrJoinInTime() : started;
    }

    private Target startOrJoinInTime() throws ClientException {
        long giveUp = System.nanoTime() + JOIN_WITHIN.toNanos();
        try {
            while (true) {
                Optional<Target> found = startOrJoin();
                if (found.isPresent()) {
                    return found.get();
                }
                if (System.nanoTime() - giveUp >= 0) {
                    throw new IOException("another program has it open, and does not say where it listens");
                }
                LockSupport.parkNanos(JOIN_PAUSE_NANOS); // it is just starting, or just ending
            }
        } catch (IOException e) {
            throw new ClientException(
                    Problem.CANNOT_CONNECT, "cannot use the embedded store " + store + ": " + e.getMessage());
        }
    }

    private Optional<Target> startOrJoin() throws IOException {
        EmbeddedLog.sendTo(store);
        try {
            return Optional.of(start(DiskStore.open(new RealDisk(), store)));
        } catch (StoreInUseException e) {
            return new SessionFile(store).read().map(Target::of);
        }
    }

    private Target start(Store files) throws IOException {
        SessionFile sessionFile = new SessionFile(store);
        sessionFile.delete(); // the last server's, had it been killed
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        SignedTokens tokens = SignedTokens.withFreshKey(TOKEN_LIFETIME, Clock.systemUTC());
        StepServer started = StepServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                files,
                new SingleUserLogin(new UserName(user), password, tokens));
        server = started;
        InetSocketAddress address = started.address();
        Account account =
                new Account(new HostAndPort(address.getAddress().getHostAddress(), address.getPort()), user, password);
        sessionFile.write(account);
        Target target = Target.of(account);
        own = target;
        return target;
    }

    /** Stops the server, if it was started here. */
    @Override
    public void close() {
        StepServer running = server;
        server = null;
        if (running == null) {
            return;
        }
        try {
            new SessionFile(store).delete();
            running.close();
        } catch (IOException e) {
            EmbeddedLog.logger().error("The embedded server could not be closed", e);
        }
    }
}
