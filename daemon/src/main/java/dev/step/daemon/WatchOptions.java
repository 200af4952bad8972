package dev.step.daemon;

import dev.step.protocol.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who may watch the server, and how: a part of the options of {@code step-server run}. */
final class WatchOptions {
    private static final String OFF = "off";

    @Option(
            names = "--metrics",
            paramLabel = "off|HOST:PORT",
            defaultValue = OFF,
            converter = PlaceConverter.class,
            description = {
                "Where to answer /metrics, for Prometheus, /healthz and /readyz over HTTP, without asking who wants to"
                        + " know:",
                "127.0.0.1:9379 is for this machine alone. Default: ${DEFAULT-VALUE}"
            })
    private OptionalSetting<HostAndPort> metrics = OptionalSetting.absent(OFF);

    @Mixin
    private ControlOption control = new ControlOption();

    ControlOption control() {
        return control;
    }

    /**
     * Where to listen for who asks for metrics; empty: nowhere.
     *
     * @throws IOException in words for the admin
     */
    Optional<InetSocketAddress> metricsAddress() throws IOException {
        if (metrics.value().isEmpty()) {
            return Optional.empty();
        }
        HostAndPort place = metrics.value().get();
        InetSocketAddress address = new InetSocketAddress(place.host(), place.port());
        if (address.isUnresolved()) {
            throw new IOException("Cannot listen on " + place + ": no such host");
        }
        return Optional.of(address);
    }

    private static final class PlaceConverter extends OptionalSetting.Converter<HostAndPort> {
        PlaceConverter() {
            super(OFF, " or HOST:PORT");
        }

        @Override
        Optional<HostAndPort> parse(String text) {
            return text.matches(".*:[0-9]+") ? Optional.of(HostAndPort.parse(text)) : Optional.empty();
        }
    }
}
