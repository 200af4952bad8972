package dev.step.daemon;

import dev.step.daemon.connection.ConnectionRules;
import dev.step.daemon.connection.Plaintext;
import dev.step.daemon.tls.ServerTls;
import dev.step.daemon.tls.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How connections are taken: a part of the options of {@code step-server run}. */
final class ConnectionOptions {
    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = {
                "The server's certificate, then those that vouch for it, in PEM. Default: what",
                "\"step-server tls init\" made. Replaced files count from the next connection on."
            })
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The private key of the certificate, in PEM, without a passphrase.")
    private @Nullable Path key;

    @Option(
            names = "--plaintext",
            paramLabel = "loopback|allow|deny",
            defaultValue = "loopback",
            description =
                    "Who may do without TLS: who is on this machine, everybody, or nobody. Default: ${DEFAULT-VALUE}")
    private Plaintext plaintext = Plaintext.LOOPBACK;

    @Mixin
    private LimitOptions limits = new LimitOptions();

    /**
     * Reads the certificate, if there is one.
     *
     * @throws IOException in words for the admin
     */
    ConnectionRules rules(Path store, InetSocketAddress listen) throws IOException {
        Optional<ServerTls> tls = tls(store);
        if (tls.isPresent()) {
            log().info("The fingerprint of the server's key is {}", tls.get().fingerprint());
        } else if (plaintext == Plaintext.DENY) {
            throw new IOException(
                    "With --plaintext deny nobody could talk to the server: \"step-server tls init\" makes a certificate");
        } else if (!listen.getAddress().isLoopbackAddress()) {
            warnAboutPlaintext();
        }
        return new ConnectionRules(tls, plaintext, limits.limits());
    }

    private Optional<ServerTls> tls(Path store) throws IOException {
        if ((certificate == null) != (key == null)) {
            throw new IOException("--tls-certificate and --tls-key belong together");
        }
        TlsFiles own = TlsFiles.ofStore(store);
        if (certificate == null && !Files.exists(own.certificate()) && !Files.exists(own.key())) {
            return Optional.empty();
        }
        return Optional.of(ServerTls.of(
                Objects.requireNonNullElse(certificate, own.certificate()),
                Objects.requireNonNullElse(key, own.key())));
    }

    private void warnAboutPlaintext() {
        if (plaintext == Plaintext.ALLOW) {
            log().warn("There is no certificate: whoever is on the way can read and change everything");
        } else {
            log().warn("There is no certificate, so that only clients on this machine are served: "
                    + "\"step-server tls init\" makes one, \"--plaintext allow\" does without");
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(ConnectionOptions.class); // not before the log is configured
    }
}
