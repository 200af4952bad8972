package dev.step.daemon.metrics;

import dev.step.daemon.store.StoreWatch;
import dev.step.daemon.watch.Readiness;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the store is doing. */
final class StoreMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(StoreMetrics.class);

    private StoreMetrics() {}

    static void register(StoreWatch store, Readiness readiness, PrometheusRegistry registry) {
        gauge(
                "step_uploads_in_progress",
                "Uploads that are not complete.",
                registry,
                () -> OptionalLong.of(store.unfinishedUploads().size()));
        gauge(
                "step_disk_free_bytes",
                "What can be written until the store's disk is full.",
                registry,
                () -> room(store, StoreWatch.Space::free));
        gauge(
                "step_disk_floor_bytes",
                "What is to stay free of the store's disk: min-free.",
                registry,
                () -> room(store, StoreWatch.Space::floor));
        gauge(
                "step_ready",
                "1 when the store can be written, 0 when not; /readyz says why.",
                registry,
                () -> OptionalLong.of(readiness.obstacle().isEmpty() ? 1 : 0));
    }

    private static OptionalLong room(StoreWatch store, ToLongFunction<StoreWatch.Space> figure) throws IOException {
        return store.space().stream().mapToLong(figure).findFirst();
    }

    /** What reading all files again has come to. */
    static void registerScrub(StoreWatch store, PrometheusRegistry registry) {
        counter(
                "step_scrub_files_total",
                "Files that were read again to see whether they are what they should be.",
                registry,
                () -> store.scrubStatus().files());
        counter("step_scrub_bytes_total", "What those files have.", registry, () -> store.scrubStatus()
                .bytes());
        counter(
                "step_scrub_damaged_files_total",
                "Files that were not what they should be, and were taken out.",
                registry,
                () -> store.scrubStatus().damaged());
        counter(
                "step_scrub_unreadable_files_total",
                "How often a file could not be read again.",
                registry,
                () -> store.scrubStatus().unreadable());
        counter("step_scrub_passes_total", "How often all files were read again.", registry, () -> store.scrubStatus()
                .passes());
    }

    private static void counter(String name, String help, PrometheusRegistry registry, LongSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }

    private static void gauge(String name, String help, PrometheusRegistry registry, Figure figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> {
                    try {
                        figure.now().ifPresent(value -> callback.call((double) value));
                    } catch (IOException e) {
                        LOG.warn("{} is not known: {}", name, e.toString()); // and is left out of the answer
                    }
                })
                .register(registry);
    }

    /** Something that can be looked up; empty when nobody can tell. */
    private interface Figure {
        OptionalLong now() throws IOException;
    }
}
