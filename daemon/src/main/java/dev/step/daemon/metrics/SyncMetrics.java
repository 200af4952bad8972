package dev.step.daemon.metrics;

import dev.step.daemon.store.disk.SyncKind;
import dev.step.daemon.store.disk.SyncObserver;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Counts the store's syncs. */
final class SyncMetrics implements SyncObserver {
    private static final double SECONDS_PER_NANO = 1.0 / TimeUnit.SECONDS.toNanos(1);
    private static final double[] UP_TO_SECONDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };
    private static final String KIND = "kind";

    private final Map<SyncKind, DistributionDataPoint> durations = new EnumMap<>(SyncKind.class);
    private final Map<SyncKind, CounterDataPoint> failures = new EnumMap<>(SyncKind.class);

    SyncMetrics(PrometheusRegistry registry) {
        Histogram histogram = Histogram.builder()
                .name("step_sync_duration_seconds")
                .help("How long syncs of the store took, by what was made durable.")
                .labelNames(KIND)
                .classicOnly()
                .classicUpperBounds(UP_TO_SECONDS)
                .register(registry);
        Counter counter = Counter.builder()
                .name("step_sync_failures_total")
                .help("Syncs of the store that have failed.")
                .labelNames(KIND)
                .register(registry);
        Arrays.stream(SyncKind.values()).forEach(kind -> {
            String label = kind.name().toLowerCase(Locale.ROOT);
            durations.put(kind, histogram.labelValues(label));
            failures.put(kind, counter.labelValues(label));
        });
    }

    @Override
    public void synced(SyncKind kind, long nanos) {
        Objects.requireNonNull(durations.get(kind)).observe(nanos * SECONDS_PER_NANO);
    }

    @Override
    public void failed(SyncKind kind, IOException failure) {
        Objects.requireNonNull(failures.get(kind)).inc();
    }
}
