package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Makes connections, one at a time, which may take long; another thread can have it given up. */
final class Dialing {
    private final Dialer dialer;
    private final LineDelay delay = new LineDelay();
    private @Nullable SocketChannel channel;
    private boolean cancelled;

    Dialing(Dialer dialer) {
        this.dialer = dialer;
    }

    /** A connection to that server. */
    Connection dial(HostAndPort address) throws ClientException {
        try {
            return dialer.dial(address, delay, this::began);
        } catch (ClientException e) {
            throw isCancelled() ? ClientException.cancelled() : e;
        } finally {
            ended();
        }
    }

    /** How long the line takes for an answer, as far as these connections have shown. */
    LineDelay delay() {
        return delay;
    }

    private synchronized void began(SocketChannel fresh) {
        channel = fresh;
        if (cancelled) {
            close(fresh);
        }
    }

    private synchronized void ended() {
        channel = null;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Gives up what is being made, and whatever would be next. */
    synchronized void cancel() {
        cancelled = true;
        if (channel != null) {
            close(channel);
        }
    }

    /** Forgets that there was a {@link #cancel}. */
    synchronized void resume() {
        cancelled = false;
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a socket", e);
        }
    }
}
