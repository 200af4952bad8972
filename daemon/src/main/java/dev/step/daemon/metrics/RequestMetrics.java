package dev.step.daemon.metrics;

import dev.step.daemon.request.ChangeReport;
import dev.step.daemon.request.RequestKind;
import dev.step.daemon.request.RequestObserver;
import dev.step.protocol.Status;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts requests. Which series a request belongs to is looked up without making anything, as there are many. */
final class RequestMetrics implements RequestObserver {
    private static final double SECONDS_PER_NANO = 1.0 / TimeUnit.SECONDS.toNanos(1);
    private static final double[] UP_TO_SECONDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
    };

    private final Map<RequestKind, Series> series = new EnumMap<>(RequestKind.class);
    private final Counter loginFailures;

    /** Those of one kind of request. */
    private record Series(DistributionDataPoint duration, Counts counts) {}

    RequestMetrics(PrometheusRegistry registry) {
        Counter requests = Counter.builder()
                .name("step_requests_total")
                .help("Requests that were answered, by operation and by the status of the answer.")
                .labelNames("operation", "status")
                .register(registry);
        Histogram histogram = Histogram.builder()
                .name("step_request_duration_seconds")
                .help("How long requests took, from when their JSON had been read, with the block that they carry.")
                .labelNames("operation")
                .classicOnly()
                .classicUpperBounds(UP_TO_SECONDS)
                .register(registry);
        loginFailures = Counter.builder()
                .name("step_login_failures_total")
                .help("Logins with a wrong password, or too many of them.")
                .register(registry);
        for (RequestKind kind : RequestKind.values()) {
            Counts counts = new Counts(kind, requests);
            counts.of(Status.OK); // from zero on, so that the first one is an increase
            series.put(kind, new Series(histogram.labelValues(kind.label()), counts));
        }
    }

    @Override
    public void answered(RequestKind kind, Status status, long nanos) {
        Series its = Objects.requireNonNull(series.get(kind));
        its.counts().of(status).inc();
        its.duration().observe(nanos * SECONDS_PER_NANO);
        if (kind == RequestKind.AUTH_LOGIN && (status == Status.WRONG_PASSWORD || status == Status.TOO_MANY)) {
            loginFailures.inc();
        }
    }

    @Override
    public void changed(ChangeReport report) {
        // counted as a request already
    }

    /** By status: most never occur, and have no series. */
    private static final class Counts {
        private final RequestKind kind;
        private final Counter requests;
        private final Map<Status, CounterDataPoint> known = new ConcurrentHashMap<>();

        Counts(RequestKind kind, Counter requests) {
            this.kind = kind;
            this.requests = requests;
        }

        CounterDataPoint of(Status status) {
            CounterDataPoint count = known.get(status);
            return count != null ? count : known.computeIfAbsent(status, this::make);
        }

        private CounterDataPoint make(Status status) {
            return requests.labelValues(kind.label(), String.valueOf(status.code()));
        }
    }
}
