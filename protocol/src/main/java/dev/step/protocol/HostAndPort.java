package dev.step.protocol;

/**
 * Where a server is, as {@code HOST}, {@code HOST:PORT}, {@code [IPV6]} or {@code [IPV6]:PORT}.
 *
 * @param host a name or an address, without brackets
 * @param port 0 to 65535; 0 lets the system choose
 */
public record HostAndPort(String host, int port) {
    private static final int MAX_PORT = 65_535;

    public HostAndPort {
        if (!isHost(host) || port < 0 || port > MAX_PORT) {
            throw notOne(host + ":" + port);
        }
    }

    /**
     * Reads one of the forms above; without a port it is {@link Limits#DEFAULT_PORT}.
     *
     * @throws IllegalArgumentException with words for the user
     */
    public static HostAndPort parse(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                throw notOne(text);
            }
            return of(text, text.substring(1, end), text.substring(end + 1));
        }
        int colon = text.indexOf(':');
        boolean bareIpv6 = colon != text.lastIndexOf(':');
        return colon < 0 || bareIpv6 ? of(text, text, "") : of(text, text.substring(0, colon), text.substring(colon));
    }

    private static HostAndPort of(String text, String host, String colonAndPort) {
        boolean hasPort = colonAndPort.matches(":[0-9]{1,5}");
        int port = hasPort ? Integer.parseInt(colonAndPort.substring(1)) : Limits.DEFAULT_PORT;
        if (!isHost(host) || port > MAX_PORT || (!hasPort && !colonAndPort.isEmpty())) {
            throw notOne(text);
        }
        return new HostAndPort(host, port);
    }

    private static boolean isHost(String host) {
        return !host.isEmpty() && host.chars().noneMatch(c -> c <= ' ' || c == '/' || c == '[' || c == ']');
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not of the form HOST or HOST:PORT");
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
