package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import java.util.Optional;

/**
 * Which server to use, and as whom.
 *
 * @param password empty: to be asked for
 */
public record Target(HostAndPort address, String user, Optional<String> password) {
    /** Somebody whose password is to be asked for. */
    public static Target of(HostAndPort address, String user) {
        return new Target(address, user, Optional.empty());
    }

    @Override
    public String toString() {
        return "Target[address=" + address + ", user=" + user + ", password=***]";
    }
}
