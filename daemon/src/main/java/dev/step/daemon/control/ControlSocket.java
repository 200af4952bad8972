package dev.step.daemon.control;

import com.google.gson.JsonObject;
import dev.step.protocol.frame.Json;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's end: answers commands, each on a thread of its own, for whoever may open the socket. */
public final class ControlSocket implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    /** Who may connect: the server's own user and group. */
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-rw----");

    private final Path place;
    private final ServerSocketChannel listener;
    private final Administration administration;

    private ControlSocket(Path place, ServerSocketChannel listener, Administration administration) {
        this.place = place;
        this.listener = listener;
        this.administration = administration;
    }

    /**
     * Makes the socket and answers until it is closed.
     *
     * @throws IOException in words for the admin, also when another server has it
     */
    public static ControlSocket open(Path place, Administration administration) throws IOException {
        removeLeftover(place);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(place));
            Files.setPosixFilePermissions(place, MODE);
        } catch (IOException e) {
            listener.close();
            throw new IOException("Cannot make the socket " + place + ": " + e.getMessage(), e);
        }
        ControlSocket socket = new ControlSocket(place, listener, administration);
        start("control", socket::answerUntilClosed);
        return socket;
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** One that a killed server has left is nobody's. */
    private static void removeLeftover(Path place) throws IOException {
        if (!Files.exists(place)) {
            return;
        }
        try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(place))) {
            throw new IOException(
                    "The socket " + place + " is another server's: name another place with --control-socket, not "
                            + other.getRemoteAddress());
        } catch (ConnectException nobody) {
            Files.delete(place);
        }
    }

    private void answerUntilClosed() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                start("control-answer", () -> answerAndClose(client));
            } catch (ClosedChannelException e) {
                LOG.debug("the control socket is closed");
            } catch (IOException e) {
                LOG.error("Commands are not answered any more: the socket {} has failed", place, e);
                return;
            }
        }
    }

    private void answerAndClose(SocketChannel client) {
        try (client) {
            answer(client);
        } catch (IOException e) {
            LOG.warn("A command could not be answered: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.error("A command met a bug", e);
        }
    }

    private void answer(SocketChannel client) throws IOException {
        BufferedReader lines = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
        String line = lines.readLine();
        if (line != null) {
            JsonObject answer = Json.parse(line).map(administration::answer).orElseGet(Administration::notUnderstood);
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(answer + "\n");
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(place);
    }
}
