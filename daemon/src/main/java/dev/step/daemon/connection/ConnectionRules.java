package dev.step.daemon.connection;

import dev.step.daemon.tls.ServerTls;
import java.util.Optional;

/**
 * How a server takes connections.
 *
 * @param tls what it proves itself with; empty: it does not speak TLS
 * @param plaintext who may do without TLS
 * @param limits what clients may take
 */
public record ConnectionRules(Optional<ServerTls> tls, Plaintext plaintext, ServerLimits limits) {
    /** No TLS, and nobody beyond this machine. */
    public static final ConnectionRules LOCAL =
            new ConnectionRules(Optional.empty(), Plaintext.LOOPBACK, ServerLimits.DEFAULT);
}
