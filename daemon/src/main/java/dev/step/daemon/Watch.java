package dev.step.daemon;

import dev.step.daemon.connection.Connections;
import dev.step.daemon.control.Administration;
import dev.step.daemon.control.ControlSocket;
import dev.step.daemon.metrics.MetricsListener;
import dev.step.daemon.metrics.ServerMetrics;
import dev.step.daemon.request.RequestObserver;
import dev.step.daemon.store.StoreWatch;
import dev.step.daemon.store.disk.SyncObserver;
import dev.step.daemon.watch.AuditLog;
import dev.step.daemon.watch.Readiness;
import dev.step.daemon.watch.SyncFailures;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that watches a server from beside: what it tells of requests and syncs goes in here, and out to the log, to who asks
 * for metrics, and to the admin's commands.
 */
final class Watch implements Closeable {
    private final InstantSource clock = InstantSource.system();
    private final SyncFailures syncFailures = new SyncFailures(clock);
    private final AuditLog audit = new AuditLog();
    private final Optional<InetSocketAddress> metricsAddress;
    private final Optional<Path> controlSocket;
    /** Null when nobody may ask: then nothing of the library is loaded. */
    private final @Nullable ServerMetrics metrics;

    private @Nullable MetricsListener listener;
    private @Nullable ControlSocket control;

    /**
     * Does not open anything yet.
     *
     * @throws IOException in words for the admin
     */
    Watch(WatchOptions options) throws IOException {
        this.metricsAddress = options.metricsAddress();
        this.controlSocket = options.control().socket();
        this.metrics = metricsAddress.isPresent() ? new ServerMetrics(ServerMain.Version.number()) : null;
    }

    RequestObserver requests() {
        return metrics == null ? audit : RequestObserver.all(List.of(metrics.requests(), audit));
    }

    SyncObserver syncs() {
        return metrics == null ? syncFailures : SyncObserver.all(List.of(metrics.syncs(), syncFailures));
    }

    /**
     * The server runs: answers who asks for it from now on.
     *
     * @param listens where clients reach it
     * @throws IOException in words for the admin; what was opened is closed again
     */
    void begin(String listens, Connections connections, StoreWatch store) throws IOException {
        Readiness readiness = new Readiness(store, syncFailures, clock);
        boolean begun = false;
        try {
            if (metrics != null) {
                listener = listen(metrics, connections, store, readiness);
                log().info("Metrics are on http://{}/metrics", listener.shownAddress());
            }
            if (controlSocket.isPresent()) {
                Administration.About about =
                        new Administration.About(ServerMain.Version.number(), listens, clock.instant());
                control = ControlSocket.open(
                        controlSocket.get(), new Administration(about, connections, store, readiness, clock));
            }
            begun = true;
        } finally {
            if (!begun) {
                close();
            }
        }
    }

    private MetricsListener listen(
            ServerMetrics measured, Connections connections, StoreWatch store, Readiness readiness) throws IOException {
        InetSocketAddress address = metricsAddress.orElseThrow();
        try {
            return measured.listen(address, connections, store, readiness);
        } catch (IOException e) {
            throw new IOException(
                    "Cannot listen on " + address + ": " + e.getMessage() + "; name another place with --metrics", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (listener != null) {
            listener.close();
        }
        if (control != null) {
            control.close();
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Watch.class); // not before the log is configured
    }
}
