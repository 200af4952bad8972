package dev.step.shell.config;

import dev.step.protocol.HostAndPort;
import dev.step.shell.client.PasswordSource;
import dev.step.shell.command.Setting;
import java.util.Map;
import java.util.Optional;

/**
 * A server with a name, and how the shell is to behave there.
 *
 * @param server empty: not said
 * @param user empty: not said
 * @param password where the password of this user at this server comes from; empty: not said
 * @param protection how connections to this server are protected
 * @param settings what is set from the start
 */
public record Profile(
        Optional<HostAndPort> server,
        Optional<String> user,
        Optional<PasswordSource> password,
        ProfileProtection protection,
        Map<Setting, String> settings) {

    /** Whether this is the profile's server. */
    public boolean isAt(HostAndPort address) {
        return server.filter(address::equals).isPresent();
    }
}
