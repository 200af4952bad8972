package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import java.util.Optional;

/**
 * What the user has chosen instead of what the shell was started with.
 *
 * @param address empty: that server
 * @param user empty: that user
 */
record Choice(Optional<HostAndPort> address, Optional<String> user) {
    static final Choice NONE = new Choice(Optional.empty(), Optional.empty());

    Choice withAddress(HostAndPort other) {
        return new Choice(Optional.of(other), user);
    }

    Choice withUser(String other) {
        return new Choice(address, Optional.of(other));
    }

    /** The password that comes with a target is only for that user at that server. */
    Target of(Target original) {
        Target chosen = Target.of(address.orElse(original.address()), user.orElse(original.user()));
        boolean same =
                chosen.address().equals(original.address()) && chosen.user().equals(original.user());
        return same ? original : chosen;
    }
}
