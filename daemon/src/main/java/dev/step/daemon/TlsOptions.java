package dev.step.daemon;

import dev.step.daemon.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server's certificate is. */
final class TlsOptions {
    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = {
                "The server's certificate, then those that vouch for it, in PEM. Default: what",
                "\"step-server tls init\" made in the store's folder. Replaced files count from the next connection on."
            })
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The private key of the certificate, in PEM, without a passphrase.")
    private @Nullable Path key;

    /**
     * The files that are named, else those of the store; empty when it could have none.
     *
     * @param store its folder, if it is in one
     * @throws IOException in words for the admin, when only one is named
     */
    Optional<TlsFiles> files(Optional<Path> store) throws IOException {
        if (certificate == null && key == null) {
            return store.map(TlsFiles::ofStore);
        }
        if (certificate == null || key == null) {
            throw new IOException("--tls-certificate and --tls-key belong together: name both or none");
        }
        return Optional.of(new TlsFiles(certificate, key));
    }

    /** Whether the admin says where the certificate is, so that there has to be one. */
    boolean areGiven() {
        return certificate != null || key != null;
    }
}
