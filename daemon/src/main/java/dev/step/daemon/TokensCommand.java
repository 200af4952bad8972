package dev.step.daemon;

import dev.step.daemon.auth.TokenKeys;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code step-server tokens}: the keys that logins are signed with. A server that is running takes notice at once. */
@Command(
        name = "tokens",
        description = "Manages the keys that tokens are signed with; a running server takes notice at once.",
        mixinStandardHelpOptions = true)
final class TokensCommand {
    @Command(
            description = "Signs with a new key from now on; tokens in use stay good until they expire.",
            mixinStandardHelpOptions = true)
    void rotate(
            @Mixin StoreOption store,
            @Option(names = "--revoke", description = "Forget the old keys: everybody has to log in again.")
                    boolean revoke)
            throws IOException {
        Duration lifetime = revoke ? Duration.ZERO : ServerOptions.TOKEN_LIFETIME;
        TokenKeys.in(TokenKeys.ofStore(store.store()), Clock.systemUTC()).rotate(lifetime);
    }
}
