package dev.step.daemon;

import dev.step.daemon.connection.AddressRanges;
import dev.step.daemon.connection.ConnectionRules;
import dev.step.daemon.connection.Plaintext;
import dev.step.daemon.tls.ServerTls;
import dev.step.daemon.tls.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How connections are taken: a part of the options of {@code step-server run}. */
final class ConnectionOptions {
    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Option(
            names = "--plaintext",
            paramLabel = "loopback|allow|deny",
            defaultValue = "loopback",
            description =
                    "Who may do without TLS: who is on this machine, everybody, or nobody. Default: ${DEFAULT-VALUE}")
    private Plaintext plaintext = Plaintext.LOOPBACK;

    @Option(
            names = "--proxies",
            paramLabel = "ADDRESS[/BITS],...",
            defaultValue = "none",
            converter = AsRanges.class,
            description =
                    "Load balancers before this server, separated by commas: each connection from there has to begin "
                            + "with a header of the PROXY protocol, which says where the client is. Default: ${DEFAULT-VALUE}")
    private AddressRanges proxies = AddressRanges.NONE;

    @Mixin
    private LimitOptions limits = new LimitOptions();

    /**
     * Reads the certificate, if there is one, and tells the log what clients will see.
     *
     * @param store its folder, if it is in one
     * @throws IOException in words for the admin
     */
    ConnectionRules rules(Optional<Path> store, InetSocketAddress listen) throws IOException {
        Optional<ServerTls> identity = tls(store);
        if (identity.isPresent()) {
            log().info(
                            "The fingerprint of the server's key is {}",
                            identity.get().fingerprint());
        } else if (!listen.getAddress().isLoopbackAddress()) {
            warnAboutPlaintext();
        }
        return new ConnectionRules(identity, plaintext, limits.limits(), proxies);
    }

    /**
     * Reads the certificate, if there is one.
     *
     * @param store its folder, if it is in one
     * @throws IOException in words for the admin, also when nobody could talk to the server without one
     */
    Optional<ServerTls> tls(Optional<Path> store) throws IOException {
        Optional<TlsFiles> files = tls.files(store).filter(this::areThere);
        if (files.isPresent()) {
            return Optional.of(
                    ServerTls.of(files.get().certificate(), files.get().key()));
        }
        if (plaintext == Plaintext.DENY) {
            throw new IOException(
                    "With --plaintext deny nobody could talk to the server: \"step-server tls init\" makes a certificate");
        }
        return Optional.empty();
    }

    /** Those that are named have to be. */
    private boolean areThere(TlsFiles files) {
        return tls.areGiven() || Files.exists(files.certificate()) || Files.exists(files.key());
    }

    /** Tells a mistake like any other value that makes no sense. */
    private static final class AsRanges implements ITypeConverter<AddressRanges> {
        @Override
        public AddressRanges convert(String text) {
            try {
                return AddressRanges.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
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
