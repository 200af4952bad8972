package dev.step.daemon.connection;

import dev.step.daemon.tls.ServerTls;
import java.net.InetAddress;
import java.util.Optional;

/**
 * How a server takes connections.
 *
 * @param tls what it proves itself with; empty: it does not speak TLS
 * @param plaintext who may do without TLS
 * @param limits what clients may take
 * @param proxies who passes on the connections of others, and says ahead of each whose it is
 */
public record ConnectionRules(
        Optional<ServerTls> tls, Plaintext plaintext, ServerLimits limits, AddressRanges proxies) {
    /** No TLS, and nobody beyond this machine. */
    public static final ConnectionRules LOCAL =
            new ConnectionRules(Optional.empty(), Plaintext.LOOPBACK, ServerLimits.DEFAULT);

    /** Rules for clients that come by themselves. */
    public ConnectionRules(Optional<ServerTls> tls, Plaintext plaintext, ServerLimits limits) {
        this(tls, plaintext, limits, AddressRanges.NONE);
    }

    /** Whether somebody at this address passes on the connections of others. */
    boolean isProxy(InetAddress address) {
        return proxies.contains(address);
    }
}
