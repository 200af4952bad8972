package dev.step.protocol.tls;

import dev.step.protocol.DigestAlgorithm;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * The name of a server's key: {@code SHA256:} and the SHA-256 of its public key (as in a certificate, DER), in base64
 * without padding. A certificate that is renewed for the same key keeps it.
 */
public record Fingerprint(String text) {
    public static Fingerprint of(X509Certificate certificate) {
        byte[] digest = DigestAlgorithm.SHA_256
                .start()
                .digest(certificate.getPublicKey().getEncoded());
        return new Fingerprint("SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest));
    }

    @Override
    public String toString() {
        return text;
    }
}
