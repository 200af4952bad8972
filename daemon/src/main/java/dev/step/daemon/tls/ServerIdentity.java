package dev.step.daemon.tls;

import dev.step.protocol.tls.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** A certificate, with those that vouch for it, and its key, read from PEM files. */
final class ServerIdentity {
    private static final char[] IN_MEMORY_ONLY = new char[0];
    private static final Set<PosixFilePermission> TOO_OPEN =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final Certificate[] chain;
    private final PrivateKey key;

    private ServerIdentity(Certificate[] chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /**
     * Reads both files.
     *
     * @throws IOException in words for the admin; also when the key is not the certificate's, or others can read it
     */
    static ServerIdentity read(Path certificateFile, Path keyFile) throws IOException {
        Certificate[] chain = readChain(certificateFile);
        PrivateKey key = readKey(keyFile);
        if (!fit(key, chain[0].getPublicKey())) {
            throw new IOException(keyFile + " is not the key of the first certificate in " + certificateFile);
        }
        return new ServerIdentity(chain, key);
    }

    private static Certificate[] readChain(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .toArray(Certificate[]::new);
            if (chain.length > 0) {
                return chain;
            }
        } catch (CertificateException e) {
            throw new IOException(file + " holds something else than PEM certificates: " + e.getMessage(), e);
        }
        throw new IOException(file + " holds no PEM certificate");
    }

    private static PrivateKey readKey(Path file) throws IOException {
        if (Files.getPosixFilePermissions(file).stream().anyMatch(TOO_OPEN::contains)) {
            throw new IOException(file + " is open to others; check who has it, then: chmod o-rw,g-w " + file);
        }
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                PEMParser pem = new PEMParser(text)) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object object = pem.readObject(); object != null; object = pem.readObject()) {
                if (object instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
                if (object instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
        } catch (PEMException e) {
            throw new IOException(file + " is no PEM file that can be read"); // the cause might quote it
        }
        throw new IOException(file + " holds no private key in PEM without a passphrase");
    }

    /** Whether what one signs is what the other verifies: nobody else would notice before a client does. */
    private static boolean fit(PrivateKey key, PublicKey publicKey) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> key.getAlgorithm();
                };
        byte[] message = new byte[Long.BYTES];
        new SecureRandom().nextBytes(message);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(message);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    Fingerprint fingerprint() {
        return Fingerprint.of((X509Certificate) chain[0]);
    }

    /** What connections are made with. */
    SSLContext context() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, IN_MEMORY_ONLY);
            store.setKeyEntry("server", key, IN_MEMORY_ONLY, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, IN_MEMORY_ONLY);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has PKCS12 and TLS", e);
        }
    }
}
