package dev.step.shell;

import dev.step.shell.client.CertificateAuthorities;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.KnownServers;
import dev.step.shell.client.Protection;
import dev.step.shell.client.TlsProtection;
import dev.step.shell.client.TlsProtection.When;
import dev.step.shell.client.Trust;
import dev.step.shell.command.Argument;
import dev.step.shell.command.Flag;
import dev.step.shell.command.Single;
import dev.step.shell.config.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;

/** How connections are protected: a part of the command line of {@code step-shell}. */
final class ProtectionOptions implements Argument {
    private static final Duration HINT_AFTER = Duration.ofSeconds(3);

    private static final String ALWAYS = "--tls";
    private static final String NEVER = "--plaintext";

    private final Flag always = new Flag(ALWAYS, "speak TLS with a server on this machine, too");
    private final Flag never = new Flag(NEVER, "never speak TLS: whoever is on the way can read everything");
    private final Single<Path> authorities = Single.option(
            Path.class,
            "--ca",
            "FILE",
            "trust servers by their certificates, from those in this PEM file, instead of by their keys");

    @Override
    public void addTo(CommandSpec spec) {
        spec.addArgGroup(ArgGroupSpec.builder()
                .addArg(always.spec())
                .addArg(never.spec())
                .build());
        authorities.addTo(spec);
    }

    /**
     * Whether TLS is what these words of a command line will come to: a guess, before they are read, for what can be got ready
     * meanwhile.
     */
    static boolean probablyChooseTls(String... arguments) {
        String all = String.join(" ", arguments);
        boolean another = all.contains(ShellOptions.SERVER) && !all.contains("127.0.0.1") && !all.contains("localhost");
        return all.contains(ALWAYS) || (another && !all.contains(NEVER));
    }

    /** Instead of TLS with servers on other machines, and plain text on this one. */
    private Optional<When> when() {
        return always.isGiven()
                ? Optional.of(When.ALWAYS)
                : never.isGiven() ? Optional.of(When.NEVER) : Optional.empty();
    }

    /**
     * What was chosen here, or else what the profile says of its own server.
     *
     * @param knownServers where the keys of servers are kept
     * @param notices what the user should know though nothing failed, one line each
     */
    Protection protection(Profile profile, Path knownServers, Consumer<String> notices) throws ClientException {
        Trust known = new KnownServers(knownServers, notices);
        Optional<When> when = when();
        Optional<Path> file = authorities.value();
        Protection everywhere = protection(when, trust(file, known), notices);
        if (when.isPresent() || file.isPresent()) {
            return everywhere;
        }
        Protection there = protection(
                profile.protection().when(), trust(profile.protection().authorities(), known), notices);
        return (address, channel) -> (profile.isAt(address) ? there : everywhere).protect(address, channel);
    }

    private static Protection protection(Optional<When> when, Trust trust, Consumer<String> notices) {
        return new TlsProtection(when.orElse(When.BEYOND_LOOPBACK), trust, HINT_AFTER, notices);
    }

    private static Trust trust(Optional<Path> authorities, Trust known) throws ClientException {
        if (authorities.isEmpty()) {
            return known;
        }
        try {
            return CertificateAuthorities.in(authorities.get());
        } catch (IOException e) {
            throw ClientException.local(authorities.get(), e);
        }
    }
}
