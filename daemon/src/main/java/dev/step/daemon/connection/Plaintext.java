package dev.step.daemon.connection;

import java.net.InetAddress;

/** Who may talk to a server without TLS. */
public enum Plaintext {
    /** Whoever is on the same machine. */
    LOOPBACK,
    /** Everybody, as old clients have to. */
    ALLOW,
    /** Nobody. */
    DENY;

    boolean permits(InetAddress client) {
        return switch (this) {
            case LOOPBACK -> client.isLoopbackAddress();
            case ALLOW -> true;
            case DENY -> false;
        };
    }
}
