package dev.step.daemon.connection;

import dev.step.daemon.tls.ServerTls;
import dev.step.protocol.tls.TlsChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, which speaks TLS if its first byte says so: a sane length of a first message begins with zero.
 *
 * <p>For one thread; only {@link #close} may be called by others.
 */
final class PeerChannel implements ByteChannel, GatheringByteChannel {
    private final SocketChannel channel;
    private final Optional<ServerTls> identity;
    private final InputStream input;
    private boolean begun;
    private @Nullable TlsChannel tls;

    /** Wraps a channel that nothing was read from yet. */
    PeerChannel(SocketChannel channel, Optional<ServerTls> identity) throws IOException {
        this.channel = channel;
        this.input = channel.socket().getInputStream();
        this.identity = identity;
    }

    /** Whether what was read came through TLS. */
    boolean isEncrypted() {
        return tls != null;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (tls != null) {
            return tls.read(target);
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
        TlsChannel encrypted = TlsChannel.accept(identity.get().context(), channel, consumed);
        tls = encrypted;
        return encrypted.read(target);
    }

    /** Whether there is something to read now, as far as one can tell without waiting. */
    boolean hasInput() throws IOException {
        return tls == null ? input.available() > 0 : tls.hasInput();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return tls == null ? channel.write(source) : tls.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
        return write(sources, 0, sources.length);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        return tls == null ? channel.write(sources, offset, length) : tls.write(sources, offset, length);
    }

    /** Ends what goes to the client, in order, and waits until nothing more comes: or the last answer might be lost. */
    void endOutputAndDrain(ByteBuffer waste) throws IOException {
        if (tls != null) {
            tls.endOutput();
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
        channel.close();
    }
}
