package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import dev.step.protocol.tls.TlsChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * TLS, wherever others could listen. There is no way back to plain text but the user's: somebody in between could have us
 * go it.
 */
public final class TlsProtection implements Protection {
    /** When TLS is spoken. */
    public enum When {
        /** With servers on other machines. */
        BEYOND_LOOPBACK,
        ALWAYS,
        /** The user takes the risk. */
        NEVER
    }

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final When when;
    private final Trust trust;
    private final Duration hintAfter;
    private final Consumer<String> notices;

    /**
     * @param hintAfter when to tell the user that the server may be one that will never answer: old ones take the
     *     beginning of TLS for that of a long message, and wait for the rest
     */
    public TlsProtection(When when, Trust trust, Duration hintAfter, Consumer<String> notices) {
        this.when = when;
        this.trust = trust;
        this.hintAfter = hintAfter;
        this.notices = notices;
    }

    @Override
    public Optional<TlsChannel> protect(HostAndPort address, SocketChannel channel)
            throws IOException, ClientException {
        boolean near = channel.socket().getInetAddress().isLoopbackAddress();
        if (when == When.NEVER || (when == When.BEYOND_LOOPBACK && near)) {
            return Optional.empty();
        }
        String hint = address
                + " has not answered in TLS yet. An old server never does: --plaintext, or plaintext = on in its"
                + " profile, speaks to it, and whoever is on the way can read along";
        try (Deadline patience = new Deadline(hintAfter, () -> notices.accept(hint));
                Deadline end = new Deadline(LIMIT, () -> close(channel))) {
            patience.start(Duration.ZERO);
            end.start(Duration.ZERO);
            return Optional.of(connect(address, channel, end));
        }
    }

    private TlsChannel connect(HostAndPort address, SocketChannel channel, Deadline end)
            throws IOException, ClientException {
        try {
            return trust.connect(address, channel);
        } catch (IOException e) {
            if (end.hasExpired()) {
                throw new IOException("no answer in TLS within " + LIMIT.toSeconds() + " s", e);
            }
            if (e instanceof SSLException) {
                // A server that has too many connections says so in plain text, before it knows what is spoken.
                throw new IOException("it does not speak TLS, or has too many connections: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a socket", e);
        }
    }
}
