package dev.step.daemon.tls;

import dev.step.daemon.disk.WatchedFile;
import dev.step.protocol.tls.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity that a server shows to new connections. Files that were replaced count from the next connection on; while
 * they cannot be used, what they held before goes on being used. Safe for any number of threads.
 */
public final class ServerTls {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    static {
        // No client of ours renegotiates; whoever does, has the server do the costly part of a handshake again and
        // again.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private final WatchedFile<Loaded> files;
    private volatile Loaded lastGood;
    private volatile String lastFailure = "";

    private ServerTls(WatchedFile<Loaded> files, Loaded first) {
        this.files = files;
        this.lastGood = first;
    }

    /**
     * Reads a certificate with its chain, and its key, from PEM files.
     *
     * @throws IOException in words for the admin
     */
    public static ServerTls of(Path certificate, Path key) throws IOException {
        WatchedFile<Loaded> files =
                new WatchedFile<>(List.of(certificate, key), () -> Loaded.of(ServerIdentity.read(certificate, key)));
        return new ServerTls(files, files.current());
    }

    /** What the next connection is to be made with. */
    public SSLContext context() {
        return current().context;
    }

    /** What clients will know this server by. */
    public Fingerprint fingerprint() {
        return current().fingerprint;
    }

    private Loaded current() {
        try {
            Loaded now = files.current();
            if (!now.equals(lastGood)) {
                lastGood = now;
                lastFailure = "";
                LOG.info("A new certificate is in use; the key's fingerprint is {}", now.fingerprint);
            }
        } catch (IOException e) {
            tellOnce(String.valueOf(e.getMessage()));
        }
        return lastGood;
    }

    private void tellOnce(String failure) {
        if (!failure.equals(lastFailure)) {
            lastFailure = failure;
            LOG.error("The certificate in use stays, as the new one cannot be read: {}", failure);
        }
    }

    private record Loaded(SSLContext context, Fingerprint fingerprint) {
        static Loaded of(ServerIdentity identity) {
            return new Loaded(identity.context(), identity.fingerprint());
        }
    }
}
