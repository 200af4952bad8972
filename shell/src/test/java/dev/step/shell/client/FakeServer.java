package dev.step.shell.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.step.protocol.HostAndPort;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server as they are out there, on a real socket: it does what the reference server does, and misbehaves as it is told.
 * It keeps everything in memory and checks no token.
 */
public final class FakeServer implements AutoCloseable {
    /** What is done with an answer that the server would give; null gives none. */
    @FunctionalInterface
    public interface Quirk {
        Reply change(JsonObject request, Reply usual);
    }

    private final FakeStore store = new FakeStore();
    public final Map<String, byte[]> files = store.files;
    public final Map<String, JsonObject> values = store.values;
    /** Keys whose files are not what they were. */
    public final Set<String> damaged = store.damaged;

    public final List<JsonObject> requests = new CopyOnWriteArrayList<>();
    public volatile boolean split;
    /** How many connections there have been. */
    public final AtomicInteger connectionCount = new AtomicInteger();
    /** Whether a request came before the answer to the one before it. */
    public volatile boolean sawPipelining;

    private final List<Socket> connections = new ArrayList<>();
    private final ServerSocket listener;
    private volatile Quirk quirk = (request, usual) -> usual;

    public FakeServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** A server that names every extension. */
    public static FakeServer withExtensions() throws IOException {
        return new FakeServer().extended(true);
    }

    /** Whether it names every extension. */
    public FakeServer extended(boolean newExtended) {
        store.extended = newExtended;
        return this;
    }

    /** Its block size, in bytes, where a request asks for none. */
    public FakeServer blocksOf(int bytes) {
        store.blockSize = bytes;
        return this;
    }

    public FakeServer misbehaving(Quirk newQuirk) {
        quirk = newQuirk;
        return this;
    }

    public HostAndPort address() {
        return new HostAndPort("127.0.0.1", listener.getLocalPort());
    }

    public Session session() throws ClientException {
        return session(Duration.ofSeconds(10), new ArrayList<>());
    }

    public Session session(Duration limit, List<String> notices) throws ClientException {
        return Session.open(
                () -> new Account(address(), "alice", "alice"), new Dialer(Duration.ofSeconds(5), limit), notices::add);
    }

    /** The operations that were asked for, in their order. */
    public List<String> operations() {
        return requests.stream()
                .map(request -> request.get("operation").getAsString())
                .toList();
    }

    public long count(String operation) {
        return operations().stream().filter(operation::equals).count();
    }

    /** Ends every connection that there is, as a restart does. */
    public synchronized void dropConnections() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
        connections.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connection.setTcpNoDelay(true);
                connectionCount.incrementAndGet();
                synchronized (this) {
                    connections.add(connection);
                }
                start(() -> serve(connection));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            while (true) {
                int jsonLength = in.readInt();
                int binaryLength = in.readInt();
                String json = new String(in.readNBytes(jsonLength), StandardCharsets.UTF_8);
                byte[] binary = in.readNBytes(binaryLength);
                JsonObject request = JsonParser.parseString(json).getAsJsonObject();
                requests.add(request);
                Reply reply = quirk.change(request, store.answer(request, binary));
                if (reply == Reply.HANG) {
                    continue;
                }
                if (reply.fields() != null) {
                    linger();
                    sawPipelining |= in.available() > 0;
                    send(connection.getOutputStream(), reply);
                }
                if (reply.closes()) {
                    return;
                }
            }
        } catch (IOException e) {
            return; // the client has left
        }
    }

    private void send(OutputStream out, Reply reply) throws IOException {
        byte[] json = reply.fields().toString().getBytes(StandardCharsets.UTF_8);
        byte[] message = ByteBuffer.allocate(8 + json.length + reply.binary().length)
                .putInt(reply.fields().toString().length()) // characters: old servers count so
                .putInt(reply.binary().length)
                .put(json)
                .put(reply.binary())
                .array();
        int piece = split ? Math.max(1, message.length / 5) : message.length;
        for (int at = 0; at < message.length; at += piece) {
            out.write(message, at, Math.min(piece, message.length - at));
            out.flush();
            if (split) {
                linger(); // or the network would join the pieces
            }
        }
    }

    /** As long as a client that sends ahead, or takes a piece for the whole, needs to show it. */
    private static void linger() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fake-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            dropConnections();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
