package dev.step.shell.client;

import dev.step.daemon.StepServer;
import dev.step.daemon.auth.OpenLogin;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.disk.DiskStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The real server with open login, on a real folder; it can be stopped and started again on the same port. */
public final class RealServer implements AutoCloseable {
    private final Path store;
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private StepServer server;

    public RealServer(Path store) throws IOException {
        this.store = store;
        start();
    }

    public InetSocketAddress address() {
        return address;
    }

    private void start() throws IOException {
        server = StepServer.start(
                address,
                DiskStore.open(new RealDisk(), store),
                new OpenLogin(SignedTokens.withFreshKey(Duration.ofHours(1), Clock.systemUTC())));
        address = server.address();
    }

    /** Stops the server and starts another one on what it has left: tokens are not valid any more. */
    public void restart() {
        try {
            server.close();
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
