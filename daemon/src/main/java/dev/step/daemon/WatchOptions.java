package dev.step.daemon;

import dev.step.protocol.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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
    private Place metrics = Place.NOWHERE;

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
        if (metrics.place().isEmpty()) {
            return Optional.empty();
        }
        HostAndPort place = metrics.place().get();
        InetSocketAddress address = new InetSocketAddress(place.host(), place.port());
        if (address.isUnresolved()) {
            throw new IOException("Cannot listen on " + place + ": no such host");
        }
        return Optional.of(address);
    }

    /** Where to listen, if anywhere. */
    private record Place(Optional<HostAndPort> place) {
        static final Place NOWHERE = new Place(Optional.empty());

        @Override
        public String toString() {
            return place.map(HostAndPort::toString).orElse(OFF);
        }
    }

    static final class PlaceConverter implements ITypeConverter<Place> {
        @Override
        public Place convert(String text) {
            if (text.equals(OFF)) {
                return Place.NOWHERE;
            }
            try {
                if (text.matches(".*:[0-9]+")) {
                    return new Place(Optional.of(HostAndPort.parse(text)));
                }
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
            throw new TypeConversionException("expected off or HOST:PORT, but was '" + text + "'");
        }
    }
}
