package dev.step.daemon.metrics;

import dev.step.daemon.connection.Connections;
import dev.step.daemon.request.RequestObserver;
import dev.step.daemon.store.StoreWatch;
import dev.step.daemon.store.disk.SyncObserver;
import dev.step.daemon.watch.Readiness;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;

/** All that a server measures of itself: first what is counted, then, once it runs, what is looked up when asked for. */
public final class ServerMetrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final RequestMetrics requests = new RequestMetrics(registry);
    private final SyncMetrics syncs = new SyncMetrics(registry);

    /** @param version the server's */
    public ServerMetrics(String version) {
        Info.builder()
                .name("step_build_info")
                .help("The version of the server.")
                .labelNames("version")
                .register(registry)
                .setLabelValues(version);
        JvmMetrics.builder().register(registry);
    }

    /** Counts requests. */
    public RequestObserver requests() {
        return requests;
    }

    /** Counts syncs. */
    public SyncObserver syncs() {
        return syncs;
    }

    /**
     * Tells whoever asks over HTTP.
     *
     * @throws IOException when it is not possible to listen there
     */
    public MetricsListener listen(
            InetSocketAddress address, Connections connections, StoreWatch store, Readiness readiness)
            throws IOException {
        ConnectionMetrics.register(connections, registry);
        StoreMetrics.register(store, readiness, registry);
        StoreMetrics.registerScrub(store, registry);
        return MetricsListener.start(address, registry, readiness, new StoreSize(store, registry));
    }
}
