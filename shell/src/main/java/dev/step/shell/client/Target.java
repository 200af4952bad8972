package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import java.util.Optional;

/**
 * Which server to use, and as whom.
 *
 * @param password where the password of just this user comes from; empty: from where any password does
 */
public record Target(HostAndPort address, String user, Optional<PasswordSource> password) {
    /** Somebody whose password is not known. */
    public static Target of(HostAndPort address, String user) {
        return new Target(address, user, Optional.empty());
    }

    /** Somebody whose password is known. */
    public static Target of(Account account) {
        return new Target(account.address(), account.user(), Optional.of(user -> account.password()));
    }
}
