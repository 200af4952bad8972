package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Opens connections.
 *
 * @param connectLimit how long one address of the server may take to accept
 * @param answerLimit how long an answer may take
 * @param protection what keeps others from reading and changing them
 */
public record Dialer(Duration connectLimit, Duration answerLimit, Protection protection) {
    /** What people are ready to wait, in plain text. */
    public static final Dialer DEFAULT = new Dialer(Duration.ofSeconds(10), Duration.ofSeconds(30));

    /** Connections in plain text. */
    public Dialer(Duration connectLimit, Duration answerLimit) {
        this(connectLimit, answerLimit, Protection.NONE);
    }

    /** The same with other protection. */
    public Dialer with(Protection other) {
        return new Dialer(connectLimit, answerLimit, other);
    }

    /**
     * Tries the host's addresses, one after the other.
     *
     * @param delay is told how long the connection takes to be made, and answers on it
     * @param began is told about each connection before it is made; closing one ends the attempt
     */
    Connection dial(HostAndPort address, LineDelay delay, Consumer<SocketChannel> began) throws ClientException {
        IOException last = new UnknownHostException();
        try {
            for (InetAddress candidate : InetAddress.getAllByName(address.host())) {
                try {
                    return dial(address, new InetSocketAddress(candidate, address.port()), delay, began);
                } catch (IOException e) {
                    last = e;
                }
            }
        } catch (UnknownHostException e) {
            last = e;
        }
        throw new ClientException(Problem.CANNOT_CONNECT, "cannot connect to " + address + ": " + reason(last));
    }

    private Connection dial(
            HostAndPort address, InetSocketAddress target, LineDelay delay, Consumer<SocketChannel> began)
            throws IOException, ClientException {
        SocketChannel channel = SocketChannel.open();
        try {
            began.accept(channel);
            long start = System.nanoTime();
            channel.socket().connect(target, (int) connectLimit.toMillis());
            delay.connected(System.nanoTime() - start);
            return new Connection(address, channel, protection.protect(address, channel), answerLimit, delay);
        } catch (IOException | ClientException e) {
            channel.close();
            throw e;
        }
    }

    private String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "no such host";
        }
        if (e instanceof SocketTimeoutException) {
            return "nobody answered within " + connectLimit.toSeconds() + " s";
        }
        if (e instanceof ConnectException && String.valueOf(e.getMessage()).contains("refused")) {
            return "nothing listens there; is the server running?";
        }
        return String.valueOf(e.getMessage());
    }
}
