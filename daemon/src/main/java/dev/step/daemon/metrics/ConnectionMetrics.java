package dev.step.daemon.metrics;

import dev.step.daemon.connection.Connections;
import dev.step.daemon.connection.ServerTraffic;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.LongSupplier;

/** What connections count of themselves. */
final class ConnectionMetrics {
    private ConnectionMetrics() {}

    static void register(Connections connections, PrometheusRegistry registry) {
        ServerTraffic traffic = connections.traffic();
        GaugeWithCallback.builder()
                .name("step_connections")
                .help("Connections that are open.")
                .callback(callback -> callback.call(connections.count()))
                .register(registry);
        counter(
                "step_connections_accepted_total",
                "Connections that were served.",
                traffic::acceptedConnections,
                registry);
        counter(
                "step_connections_rejected_total",
                "Connections that were closed at once, as there were too many.",
                traffic::rejectedConnections,
                registry);
        counter(
                "step_received_bytes_total",
                "Bytes of messages from clients, before TLS.",
                traffic::receivedBytes,
                registry);
        counter("step_sent_bytes_total", "Bytes of messages to clients, before TLS.", traffic::sentBytes, registry);
    }

    private static void counter(String name, String help, LongSupplier value, PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }
}
