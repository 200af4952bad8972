package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import dev.step.protocol.tls.TlsChannel;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Knows servers from those who only pretend. */
public interface Trust {
    /**
     * Speaks TLS with a server, and makes sure that it is the one that was meant; nothing but a handshake is sent before.
     *
     * @throws ClientException with {@link Problem#UNTRUSTED} when it is another one
     */
    TlsChannel connect(HostAndPort address, SocketChannel channel) throws IOException, ClientException;
}
