package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import dev.step.protocol.tls.TlsChannel;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Keeps others from reading and changing what goes over a connection. */
@FunctionalInterface
public interface Protection {
    /** Nothing does. */
    Protection NONE = (address, channel) -> Optional.empty();

    /**
     * Protects a connection on which nothing was sent yet.
     *
     * @return empty if it is to go on as it is
     * @throws ClientException when it is not known who is at the other end; it must not be used then
     * @throws IOException when the connection failed
     */
    Optional<TlsChannel> protect(HostAndPort address, SocketChannel channel) throws IOException, ClientException;
}
