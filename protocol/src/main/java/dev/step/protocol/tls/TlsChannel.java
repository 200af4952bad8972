package dev.step.protocol.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * A TLS connection over a connected channel in blocking mode: TLS 1.3, or 1.2 with forward secrecy and authenticated
 * encryption. The platform's TLS does the work; this only turns its streams into a channel.
 *
 * <p>One thread may read while another one writes. The channel below may be closed, or its input shut down, by any
 * thread, which ends whatever these wait for.
 */
public final class TlsChannel implements ByteChannel, GatheringByteChannel {
    /** The first byte of every TLS connection: a handshake record. */
    public static final byte FIRST_BYTE = 0x16;

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final int RECORD_BYTES = 16 << 10;

    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] incoming = new byte[RECORD_BYTES];
    private final byte[] outgoing = new byte[RECORD_BYTES];

    private TlsChannel(SSLSocket socket) throws IOException {
        this.socket = socket;
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setCipherSuites(Arrays.stream(parameters.getCipherSuites())
                .filter(TlsChannel::isSafe)
                .toArray(String[]::new));
        socket.setSSLParameters(parameters);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** What the platform offers for old peers' sake, and nobody who speaks STEP over TLS needs. */
    private static boolean isSafe(String suite) {
        boolean authenticated = suite.contains("_GCM_") || suite.contains("_CHACHA20_");
        boolean tls13 = !suite.contains("_WITH_");
        return authenticated && (tls13 || suite.contains("_ECDHE_"));
    }

    /**
     * The server's end. The handshake takes place when it is first read from or written to.
     *
     * @param consumed what was read from the channel already
     */
    public static TlsChannel accept(SSLContext context, SocketChannel channel, byte[] consumed) throws IOException {
        return new TlsChannel((SSLSocket)
                context.getSocketFactory().createSocket(channel.socket(), new ByteArrayInputStream(consumed), true));
    }

    /**
     * The client's end, after its handshake.
     *
     * @param host the server's name as the user knows it
     * @param checkHost whether the certificate has to be for that name, besides being trusted by the context
     */
    public static TlsChannel connect(SSLContext context, SocketChannel channel, String host, boolean checkHost)
            throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(channel.socket(), host, channel.socket().getPort(), true);
        TlsChannel tls = new TlsChannel(socket);
        if (checkHost) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return tls;
    }

    /** The key that the other end has proved to have; only at a client's end. */
    public Fingerprint peer() throws SSLPeerUnverifiedException {
        return Fingerprint.of((X509Certificate) socket.getSession().getPeerCertificates()[0]);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        int count = in.read(incoming, 0, Math.min(incoming.length, target.remaining()));
        if (count > 0) {
            target.put(incoming, 0, count);
        }
        return count;
    }

    /** Whether there is something to read now, as far as one can tell without waiting. */
    public boolean hasInput() throws IOException {
        return in.available() > 0;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return (int) write(new ByteBuffer[] {source}, 0, 1);
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
        return write(sources, 0, sources.length);
    }

    /** Writes everything, in as few records as possible. */
    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, sources.length);
        long written = 0;
        int filled = 0;
        for (int i = offset; i < offset + length; i++) {
            ByteBuffer source = sources[i];
            while (source.hasRemaining()) {
                int part = Math.min(source.remaining(), outgoing.length - filled);
                source.get(outgoing, filled, part);
                filled += part;
                written += part;
                if (filled == outgoing.length) {
                    out.write(outgoing, 0, filled);
                    filled = 0;
                }
            }
        }
        if (filled > 0) {
            out.write(outgoing, 0, filled);
        }
        return written;
    }

    /** Tells the other end that nothing more comes; it can tell that from a connection that was cut. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public boolean isOpen() {
        return !socket.isClosed();
    }

    /** Closes the channel below, too. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
