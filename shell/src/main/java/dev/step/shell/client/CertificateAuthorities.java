package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import dev.step.protocol.tls.TlsChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;

/** Servers that somebody vouches for: the certificate has to be for the host's name, and from one of those named. */
public final class CertificateAuthorities implements Trust {
    private static final char[] IN_MEMORY_ONLY = new char[0];

    private final SSLContext context;

    private CertificateAuthorities(SSLContext context) {
        this.context = context;
    }

    /**
     * Trusts those in this PEM file.
     *
     * @throws IOException in words for the user
     */
    public static CertificateAuthorities in(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (found.isEmpty()) {
                throw new IOException("it holds no certificate in PEM");
            }
            return new CertificateAuthorities(context(found));
        } catch (CertificateException e) {
            throw new IOException("it holds something else than certificates in PEM", e);
        }
    }

    private static SSLContext context(Collection<? extends Certificate> authorities) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, IN_MEMORY_ONLY);
            for (Certificate authority : authorities) {
                store.setCertificateEntry("authority " + store.size(), authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PKCS12 and TLS", e);
        }
    }

    @Override
    public TlsChannel connect(HostAndPort address, SocketChannel channel) throws IOException, ClientException {
        try {
            return TlsChannel.connect(context, channel, address.host(), true);
        } catch (SSLHandshakeException e) {
            if (e.getCause() instanceof CertificateException untrusted) {
                throw new ClientException(
                        Problem.UNTRUSTED,
                        "cannot trust " + address + ", so nothing was sent: " + untrusted.getMessage());
            }
            throw e;
        }
    }
}
