package dev.step.daemon.tls;

import dev.step.daemon.disk.PrivateFile;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** Makes a certificate that nobody vouches for: clients know the server by its key, which they see when they first come. */
public final class SelfSigned {
    private static final Duration LIFETIME = Duration.ofDays(3650);
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
    private static final int SERIAL_BITS = 127;
    private static final int MAX_COMMON_NAME = 64;

    private SelfSigned() {}

    /**
     * Writes a new key and its certificate.
     *
     * @param hosts the names and addresses of the server, at least one; the first is the certificate's name
     */
    public static void write(TlsFiles files, List<String> hosts, Clock clock) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            X509CertificateHolder certificate = certificate(pair, hosts, clock.instant());
            new PrivateFile(files.key()).write(pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
            new PrivateFile(files.certificate()).write(pem(certificate));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("every Java platform has ECDSA on P-256", e);
        }
    }

    private static X509CertificateHolder certificate(KeyPair pair, List<String> hosts, Instant now)
            throws IOException, OperatorCreationException {
        String first = hosts.get(0);
        var name = new X500NameBuilder()
                .addRDN(BCStyle.CN, first.substring(0, Math.min(first.length(), MAX_COMMON_NAME)))
                .build();
        var builder = new X509v3CertificateBuilder(
                name,
                new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
                Date.from(now.minus(CLOCKS_DIFFER)),
                Date.from(now.plus(LIFETIME)),
                name,
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    }

    private static GeneralNames names(List<String> hosts) {
        return new GeneralNames(hosts.stream().map(SelfSigned::name).toArray(GeneralName[]::new));
    }

    private static GeneralName name(String host) {
        return new GeneralName(IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private static byte[] pem(Object keyOrCertificate) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(keyOrCertificate);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
