package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import java.util.Optional;

/**
 * What the user has chosen instead of what the shell was started with.
 *
 * @param address empty: that server
 * @param user empty: that user
 * @param password empty: the original one if it is for this user at this server, else where any password comes from
 */
record Choice(Optional<HostAndPort> address, Optional<String> user, Optional<PasswordSource> password) {
    static final Choice NONE = new Choice(Optional.empty(), Optional.empty(), Optional.empty());

    /** No other server is given a password that was meant for this one. */
    Choice withAddress(HostAndPort other) {
        return new Choice(Optional.of(other), user, Optional.empty());
    }

    Choice withUser(String other) {
        return new Choice(address, Optional.of(other), user.equals(Optional.of(other)) ? password : Optional.empty());
    }

    Choice withPassword(PasswordSource other) {
        return new Choice(address, user, Optional.of(other));
    }

    Target of(Target original) {
        if (address.isEmpty() && user.isEmpty() && password.isEmpty()) {
            return original;
        }
        Target chosen = new Target(address.orElse(original.address()), user.orElse(original.user()), password);
        boolean same =
                chosen.address().equals(original.address()) && chosen.user().equals(original.user());
        return same && password.isEmpty() ? original : chosen;
    }
}
