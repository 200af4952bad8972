package dev.step.daemon.metrics;

import dev.step.daemon.watch.Readiness;
import dev.step.protocol.HostAndPort;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Answers {@code /metrics}, {@code /healthz} and {@code /readyz} until it is closed. */
public final class MetricsListener implements Closeable {
    private final HTTPServer server;
    private final InetSocketAddress listen;
    private final StoreSize size;

    private MetricsListener(HTTPServer server, InetSocketAddress listen, StoreSize size) {
        this.server = server;
        this.listen = listen;
        this.size = size;
    }

    /** @param size measured again and again from now on */
    static MetricsListener start(
            InetSocketAddress listen, PrometheusRegistry registry, Readiness readiness, StoreSize size)
            throws IOException {
        HTTPServer server = HTTPServer.builder()
                .inetAddress(listen.getAddress())
                .port(listen.getPort())
                .registry(registry)
                .registerHealthHandler(false) // there are two of our own
                .defaultHandler(new HealthHandler(readiness))
                .buildAndStart();
        size.start();
        return new MetricsListener(server, listen, size);
    }

    /** Where it listens, with the real port, as {@code ADDRESS:PORT}. */
    public String shownAddress() {
        return new HostAndPort(listen.getAddress().getHostAddress(), server.getPort()).toString();
    }

    @Override
    public void close() {
        server.close();
        size.close();
    }
}
