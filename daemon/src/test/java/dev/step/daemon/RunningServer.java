package dev.step.daemon;

import dev.step.daemon.auth.Authenticator;
import dev.step.daemon.auth.OpenLogin;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.connection.ConnectionRules;
import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.Store;
import dev.step.daemon.store.disk.DiskStore;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A real server on a real folder, with open login unless told otherwise, on a port of its own. */
final class RunningServer implements Closeable {
    private final StepServer server;

    private RunningServer(StepServer server) {
        this.server = server;
    }

    static RunningServer on(Path store) throws IOException {
        return on(store, openLogin());
    }

    static RunningServer on(Path store, Disk disk) throws IOException {
        return on(DiskStore.open(disk, store));
    }

    static RunningServer on(Path store, Authenticator authenticator) throws IOException {
        return on(DiskStore.open(new RealDisk(), store), authenticator);
    }

    /** Closes the store, too. */
    static RunningServer on(Store store) throws IOException {
        return on(store, openLogin());
    }

    private static RunningServer on(Store store, Authenticator authenticator) throws IOException {
        return new RunningServer(
                StepServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), store, authenticator));
    }

    static RunningServer on(Path store, InetSocketAddress listen, ConnectionRules rules) throws IOException {
        return on(store, listen, openLogin(), rules);
    }

    static RunningServer on(Path store, InetSocketAddress listen, Authenticator authenticator, ConnectionRules rules)
            throws IOException {
        return new RunningServer(StepServer.start(listen, DiskStore.open(new RealDisk(), store), authenticator, rules));
    }

    static OpenLogin openLogin() {
        return new OpenLogin(SignedTokens.withFreshKey(Duration.ofHours(1), Clock.systemUTC()));
    }

    InetSocketAddress address() throws IOException {
        return server.address();
    }

    /** A connection that has not logged in. */
    RawClient connect() throws IOException {
        return RawClient.connect(server.address());
    }

    /** A connection of an old client: it knows no features. */
    RawClient login(String user) throws IOException {
        RawClient client = connect();
        client.login(user);
        return client;
    }

    /** A connection of a client that names features. */
    RawClient loginWithFeatures(String user) throws IOException {
        RawClient client = connect();
        client.loginWithFeatures(user);
        return client;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
