package dev.step.daemon.connection;

import dev.step.daemon.tls.ServerTls;
import dev.step.protocol.FilePart;
import dev.step.protocol.FileSender;
import dev.step.protocol.tls.TlsChannel;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, which speaks TLS if its first byte says so: a sane length of a first message begins with zero.
 *
 * <p>For one thread, unless a method says otherwise; {@link #close} may be called by any.
 */
final class PeerChannel implements ByteChannel, GatheringByteChannel {
    private final SocketChannel channel;
    private final Optional<ServerTls> identity;
    private final FileSender files;
    private final InputStream input;
    private final boolean isLocal;
    private final ConnectionTraffic traffic;
    private boolean begun;
    /** Written by the connection's thread alone. */
    private volatile @Nullable TlsChannel tls;

    /** Wraps a channel that nothing was read from yet. */
    PeerChannel(SocketChannel channel, Optional<ServerTls> identity, ConnectionTraffic traffic) throws IOException {
        this.channel = channel;
        this.files = new FileSender(channel);
        this.traffic = traffic;
        this.input = channel.socket().getInputStream();
        this.isLocal = channel.socket().getInetAddress().equals(channel.socket().getLocalAddress());
        this.identity = identity;
    }

    /**
     * Reads what a proxy sends before anything else.
     *
     * @return where its client is; empty when the proxy speaks for itself, or does not know
     * @throws IOException when it sends something else, or ends
     */
    Optional<InetAddress> readProxyHeader() throws IOException {
        return ProxyHeader.read(channel);
    }

    ConnectionTraffic traffic() {
        return traffic;
    }

    /**
     * Whether parts of a file had better be sent as they are: not through TLS, which has to encrypt them; and not to this
     * machine (which a proxy may stand for), as the other end would then read what no processor has just written, which takes
     * it longer than the copy takes here.
     */
    boolean takesFiles() {
        return tls == null && !isLocal;
    }

    /** Whether what was read came through TLS. Callable from any thread. */
    boolean isEncrypted() {
        return tls != null;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = readPlain(target);
        if (count > 0) {
            traffic.received(count);
        }
        return count;
    }

    private int readPlain(ByteBuffer target) throws IOException {
        TlsChannel encrypted = tls;
        if (encrypted != null) {
            return encrypted.read(target);
        }
        int start = target.position();
        int count = channel.read(target);
        if (begun || count <= 0) {
            return count;
        }
        begun = true;
        if (identity.isEmpty() || target.get(start) != TlsChannel.FIRST_BYTE) {
            return count;
        }
        byte[] consumed = new byte[count];
        target.position(start).get(consumed).position(start);
        encrypted = TlsChannel.accept(identity.get().context(), channel, consumed);
        tls = encrypted;
        return encrypted.read(target);
    }

    /** Whether there is something to read now, as far as one can tell without waiting. */
    boolean hasInput() throws IOException {
        TlsChannel encrypted = tls;
        return encrypted == null ? input.available() > 0 : encrypted.hasInput();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        TlsChannel encrypted = tls;
        int count = encrypted == null ? channel.write(source) : encrypted.write(source);
        traffic.sent(count);
        return count;
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
        return write(sources, 0, sources.length);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        TlsChannel encrypted = tls;
        long count =
                encrypted == null ? channel.write(sources, offset, length) : encrypted.write(sources, offset, length);
        traffic.sent(count);
        return count;
    }

    /** Sends a part of a file, to a client that speaks plain text; all of it. */
    void send(FilePart part) throws IOException {
        files.send(part);
        traffic.sent(part.length());
    }

    /** Lets the connection's thread read the end of the stream, now and from now on. Callable from any thread. */
    void endInput() throws IOException {
        channel.shutdownInput();
    }

    /** Ends what goes to the client, in order, and waits until nothing more comes: or the last answer might be lost. */
    void endOutputAndDrain(ByteBuffer waste) throws IOException {
        TlsChannel encrypted = tls;
        if (encrypted != null) {
            encrypted.endOutput();
        }
        channel.shutdownOutput();
        while (channel.read(waste.clear()) >= 0) {
            // what the client still sends is of no use
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** At once, without a word: a client that does not read could keep TLS from saying goodbye for ever. */
    @Override
    public void close() throws IOException {
        files.close();
    }
}
