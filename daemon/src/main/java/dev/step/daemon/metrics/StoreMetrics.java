package dev.step.daemon.metrics;

import dev.step.daemon.store.StoreWatch;
import dev.step.daemon.watch.Readiness;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the store is doing. */
final class StoreMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(StoreMetrics.class);

    private StoreMetrics() {}

    static void register(StoreWatch store, Readiness readiness, PrometheusRegistry registry) {
        gauge("step_uploads_in_progress", "Uploads that are not complete.", registry, () -> store.unfinishedUploads()
                .size());
        gauge(
                "step_disk_free_bytes",
                "What can be written until the store's disk is full.",
                registry,
                () -> store.space().free());
        gauge(
                "step_disk_floor_bytes",
                "What is to stay free of the store's disk: min-free.",
                registry,
                () -> store.space().floor());
        gauge(
                "step_ready",
                "1 when the store can be written, 0 when not; /readyz says why.",
                registry,
                () -> readiness.obstacle().isEmpty() ? 1 : 0);
    }

    private static void gauge(String name, String help, PrometheusRegistry registry, Figure figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> {
                    try {
                        callback.call((double) figure.now());
                    } catch (IOException e) {
                        LOG.warn("{} is not known: {}", name, e.toString()); // and is left out of the answer
                    }
                })
                .register(registry);
    }

    /** Something that can be looked up. */
    private interface Figure {
        long now() throws IOException;
    }
}
