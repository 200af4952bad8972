package dev.step.shell.client;

import dev.step.protocol.Limits;
import java.util.Optional;

/**
 * Where a server listens.
 *
 * @param host a name or a literal address; IPv6 without brackets
 * @param port 1 to 65535
 */
public record Address(String host, int port) {
    private static final int LAST_PORT = 65_535;

    /** The server that is meant when none is named. */
    public static final Address DEFAULT = new Address("localhost", Limits.DEFAULT_PORT);

    public Address {
        if (host.isEmpty() || port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("not an address: " + host + ":" + port);
        }
    }

    /** Reads {@code HOST}, {@code HOST:PORT}, {@code [IPV6]} or {@code [IPV6]:PORT}; empty if it is none of these. */
    public static Optional<Address> parse(String text) {
        int close = text.startsWith("[") ? text.indexOf(']') : -1;
        String host = close > 0 ? text.substring(1, close) : text;
        String rest = close > 0 ? text.substring(close + 1) : "";
        int colon = text.indexOf(':');
        if (close < 0 && colon >= 0 && colon == text.lastIndexOf(':')) {
            host = text.substring(0, colon);
            rest = text.substring(colon);
        }
        Optional<Integer> port = rest.isEmpty() ? Optional.of(Limits.DEFAULT_PORT) : port(rest);
        String name = host;
        return port.filter(number -> isHost(name)).map(number -> new Address(name, number));
    }

    private static boolean isHost(String host) {
        return !host.isEmpty() && host.chars().noneMatch(c -> c <= ' ' || c == '/' || c == '[' || c == ']');
    }

    private static Optional<Integer> port(String colonAndDigits) {
        if (!colonAndDigits.matches(":[0-9]{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(colonAndDigits.substring(1));
        return port >= 1 && port <= LAST_PORT ? Optional.of(port) : Optional.empty();
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
