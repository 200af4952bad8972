package dev.step.daemon.tls;

import java.nio.file.Path;

/**
 * Where a server's certificate is.
 *
 * @param certificate the server's certificate, then those that vouch for it, in PEM
 * @param key its private key, in PEM, without a passphrase
 */
public record TlsFiles(Path certificate, Path key) {
    /** Where a store has them, unless the admin says otherwise. */
    public static TlsFiles ofStore(Path store) {
        return new TlsFiles(store.resolve("tls-certificate.pem"), store.resolve("tls-key.pem"));
    }
}
