package dev.step.daemon.metrics;

import dev.step.daemon.store.StoreWatch;
import dev.step.daemon.store.Usage;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much the store holds: too much to be counted for everybody who asks, so it is counted now and then. */
final class StoreSize implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreSize.class);
    private static final long PAUSE_MINUTES = 10;

    private final StoreWatch store;
    private final ScheduledExecutorService counting = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "store-size");
        thread.setDaemon(true);
        return thread;
    });
    /** Null until it was counted for the first time, and for a store that cannot be counted. */
    private volatile @Nullable Usage counted;

    StoreSize(StoreWatch store, PrometheusRegistry registry) {
        this.store = store;
        gauge("step_store_files", "Complete files, counted every ten minutes.", Usage::files, registry);
        gauge("step_store_bytes", "What the complete files have, counted every ten minutes.", Usage::bytes, registry);
    }

    private void gauge(String name, String help, ToLongFunction<Usage> figure, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> {
                    Usage known = counted;
                    if (known != null) {
                        callback.call((double) figure.applyAsLong(known));
                    }
                })
                .register(registry);
    }

    void start() {
        Future<?> untilClosed = counting.scheduleWithFixedDelay(this::count, 0, PAUSE_MINUTES, TimeUnit.MINUTES);
        LOG.trace("counting what the store holds: {}", untilClosed);
    }

    private void count() {
        try {
            counted = store.usage().orElse(null);
        } catch (IOException e) {
            LOG.warn("What the store holds could not be counted: {}", e.toString());
        } catch (RuntimeException e) { // which must not end what is to be done again and again
            LOG.error("Counting what the store holds met a bug", e);
        }
    }

    /** Without waiting for what is being counted, and without interrupting it, which would close files. */
    @Override
    public void close() {
        counting.shutdown();
    }
}
