package dev.step.daemon;

import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code step-server tokens}: the keys that logins are signed with. Servers that are running take notice. */
@Command(
        name = "tokens",
        description =
                "Manages the keys that tokens are signed with; a running server takes notice at once, and every server of a "
                        + "store in a bucket within 10 s.",
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
        store.withTokenKeys(keys -> keys.rotate(lifetime));
    }
}
