package dev.step.shell;

import dev.step.shell.client.CertificateAuthorities;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.KnownServers;
import dev.step.shell.client.Protection;
import dev.step.shell.client.TlsProtection;
import dev.step.shell.client.TlsProtection.When;
import dev.step.shell.client.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How connections are protected: a part of the command line of {@code step-shell}. */
final class ProtectionOptions {
    private static final Duration HINT_AFTER = Duration.ofSeconds(3);

    @ArgGroup
    private Choice choice = new Choice();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "trust servers by their certificates, from those in this PEM file, instead of by their keys")
    private @Nullable Path authorities;

    /** Instead of TLS with servers on other machines, and plain text on this one. */
    static final class Choice {
        @Option(names = "--tls", description = "speak TLS with a server on this machine, too")
        private boolean always;

        @Option(names = "--plaintext", description = "never speak TLS: whoever is on the way can read everything")
        private boolean never;
    }

    /**
     * What was chosen.
     *
     * @param knownServers where the keys of servers are kept
     * @param notices what the user should know though nothing failed, one line each
     */
    Protection protection(Path knownServers, Consumer<String> notices) throws ClientException {
        When when = choice.always ? When.ALWAYS : choice.never ? When.NEVER : When.BEYOND_LOOPBACK;
        return new TlsProtection(when, trust(knownServers, notices), HINT_AFTER, notices);
    }

    private Trust trust(Path knownServers, Consumer<String> notices) throws ClientException {
        Path file = authorities;
        if (file == null) {
            return new KnownServers(knownServers, notices);
        }
        try {
            return CertificateAuthorities.in(file);
        } catch (IOException e) {
            throw ClientException.local(file, e);
        }
    }
}
