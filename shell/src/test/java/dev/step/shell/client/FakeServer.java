package dev.step.shell.client;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
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
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

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

    /**
     * An answer.
     *
     * @param closes whether the connection ends after it
     */
    public record Reply(JsonObject fields, byte[] binary, boolean closes) {
        static final Reply HANG = null;
        static final Reply CLOSE = new Reply(null, new byte[0], true);

        Reply with(UnaryOperator<JsonObject> change) {
            return new Reply(change.apply(fields.deepCopy()), binary, closes);
        }

        Reply with(String field, Object value) {
            return with(object -> {
                object.add(field, new Gson().toJsonTree(value));
                return object;
            });
        }

        Reply withBinary(byte[] other) {
            return new Reply(fields, other, closes);
        }

        Reply thenClose() {
            return new Reply(fields, binary, true);
        }
    }

    private record Upload(byte[] content, BitSet done) {}

    public final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
    public final Map<String, JsonObject> values = new ConcurrentSkipListMap<>();
    public final Set<String> damaged = new ConcurrentSkipListSet<>();
    public final List<JsonObject> requests = new CopyOnWriteArrayList<>();
    public volatile int blockSize = 20_480;
    public volatile boolean extended;
    public volatile boolean split;
    /** How many connections there have been. */
    public final AtomicInteger connectionCount = new AtomicInteger();
    /** Whether a request came before the answer to the one before it. */
    public volatile boolean sawPipelining;

    private final Map<String, Upload> uploads = new TreeMap<>();
    private final Map<String, Integer> sizes = new TreeMap<>();
    private final List<Socket> connections = new ArrayList<>();
    private final ServerSocket listener;
    private volatile Quirk quirk = (request, usual) -> usual;

    public FakeServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** A server that names every extension. */
    public static FakeServer withExtensions() throws IOException {
        FakeServer server = new FakeServer();
        server.extended = true;
        return server;
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
                Reply reply = quirk.change(request, answer(request, binary));
                if (reply == Reply.HANG) {
                    continue;
                }
                if (reply.fields() != null) {
                    pause();
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
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized Reply answer(JsonObject request, byte[] binary) {
        String operation = request.get("operation").getAsString();
        String what = request.get("type").getAsString() + " " + operation;
        String key = request.has("key") ? request.get("key").getAsString() : "";
        return switch (what) {
            case "AUTH LOGIN" -> login(request);
            case "AUTH STATUS" ->
                say(request, 200, "the status")
                        .with("username", "alice")
                        .with("files", files.size())
                        .with(
                                "used_bytes",
                                files.values().stream()
                                        .mapToLong(file -> file.length)
                                        .sum());
            case "FILE SAVE" -> save(request, key);
            case "FILE UPLOAD" -> upload(request, key, binary);
            case "FILE GET" -> key.isEmpty() ? list(request) : plan(request, key);
            case "FILE DOWNLOAD" -> download(request, key);
            case "FILE STATUS" -> status(request, key);
            case "FILE DELETE" -> found(request, files.remove(key) != null, key);
            case "DATA SAVE" -> saveValue(request, key);
            case "DATA GET" ->
                key.isEmpty() && extended
                        ? say(request, 200, "the list").with("data_list", values.keySet())
                        : found(request, values.containsKey(key), key).with(value -> {
                            values.getOrDefault(key, new JsonObject())
                                    .entrySet()
                                    .forEach(e -> {
                                        if (!value.has(e.getKey())) {
                                            value.add(e.getKey(), e.getValue());
                                        }
                                    });
                            return value;
                        });
            case "DATA DELETE" -> found(request, values.remove(key) != null, key);
            default -> say(request, 408, "no such operation");
        };
    }

    private Reply login(JsonObject request) {
        String user = request.get("username").getAsString();
        if (!request.get("password").getAsString().equals(Digest.md5Hex(user))) {
            return say(request, 401, "wrong password");
        }
        Reply reply = say(request, 200, "welcome").with("token", "token of " + user);
        return !extended
                ? reply
                : reply.with("server", "fake/1")
                        .with(
                                "features",
                                List.of(
                                        "block-size",
                                        "list",
                                        "empty",
                                        "pipeline",
                                        "replace",
                                        "times",
                                        "status",
                                        "move"))
                        .with("max_block_size", 1 << 20);
    }

    private Reply save(JsonObject request, String key) {
        if (files.containsKey(key) && !(extended && request.has("replace"))) {
            return say(request, 402, "exists");
        }
        int size = request.get("size").getAsInt();
        if (!extended && (size == 0 || key.contains("/"))) {
            return Reply.HANG;
        }
        uploads.put(key, new Upload(new byte[size], new BitSet()));
        Reply reply = withPlan(request, say(request, 200, "the plan"), key, size);
        if (size == 0) {
            files.put(key, new byte[0]);
            return reply.with("md5", md5(new byte[0]));
        }
        return reply;
    }

    private Reply upload(JsonObject request, String key, byte[] binary) {
        Upload upload = uploads.get(key);
        if (upload == null || (files.containsKey(key) && !extended)) {
            return files.containsKey(key) ? say(request, 402, "completely uploaded") : say(request, 408, "no plan");
        }
        int index = request.get("block_index").getAsInt();
        int unit = sizes.getOrDefault(key, blockSize);
        System.arraycopy(binary, 0, upload.content(), index * unit, binary.length);
        upload.done().set(index);
        int total = (upload.content().length + unit - 1) / unit;
        Reply reply = say(request, 200, "thanks").with("key", key).with("block_index", index);
        if (upload.done().cardinality() < total) {
            return reply;
        }
        uploads.remove(key);
        files.put(key, upload.content());
        return reply.with("md5", md5(upload.content()));
    }

    private Reply withPlan(JsonObject request, Reply reply, String key, int size) {
        int unit = extended && request.has("block_size")
                ? request.get("block_size").getAsInt()
                : blockSize;
        sizes.put(key, unit);
        return reply.with("key", key)
                .with("size", size)
                .with("block_size", unit)
                .with("total_block", (size + unit - 1) / unit);
    }

    private Reply plan(JsonObject request, String key) {
        byte[] content = files.get(key);
        return content == null
                ? say(request, 404, "no such key")
                : withPlan(request, say(request, 200, "the plan"), key, content.length)
                        .with("md5", md5(content))
                        .with(extended ? "modified" : "extra", 1_000_000_000_000L);
    }

    /** Reads a file again; {@link #damaged} ones are not what they were. */
    private Reply status(JsonObject request, String key) {
        byte[] content = files.getOrDefault(key, new byte[0]);
        String found = md5(damaged.contains(key) ? new byte[1] : content);
        return say(request, 200, "read")
                .with("key", key)
                .with("size", content.length)
                .with("md5", found)
                .with("intact", !damaged.contains(key));
    }

    private Reply download(JsonObject request, String key) {
        byte[] content = files.get(key);
        if (content == null) {
            return say(request, 404, "no such key");
        }
        int unit = extended && request.has("block_size")
                ? request.get("block_size").getAsInt()
                : blockSize;
        int index = request.get("block_index").getAsInt();
        int length = Math.min(unit, content.length - index * unit);
        byte[] block = Arrays.copyOfRange(content, index * unit, index * unit + length);
        return say(request, 200, "a block")
                .with("key", key)
                .with("block_index", index)
                .with("size", length)
                .withBinary(block);
    }

    private Reply list(JsonObject request) {
        if (!extended) {
            return say(request, 410, "key is missing");
        }
        String prefix = request.get("prefix").getAsString();
        JsonArray keys = new JsonArray();
        JsonArray details = new JsonArray();
        JsonArray folders = new JsonArray();
        for (String key : files.keySet()) {
            if (key.startsWith(prefix)) {
                int slash = key.indexOf('/', prefix.length());
                if (slash >= 0 && request.has("delimiter")) {
                    JsonPrimitive folder = new JsonPrimitive(key.substring(0, slash + 1));
                    if (!folders.contains(folder)) {
                        folders.add(folder);
                    }
                } else {
                    keys.add(key);
                    JsonObject detail = new JsonObject();
                    detail.addProperty("key", key);
                    detail.addProperty("size", files.get(key).length);
                    detail.addProperty("modified", 0);
                    detail.addProperty("md5", md5(files.get(key)));
                    details.add(detail);
                }
            }
        }
        return say(request, 200, "the list")
                .with("file_list", keys)
                .with("files", details)
                .with("folders", folders);
    }

    private Reply saveValue(JsonObject request, String key) {
        if (values.containsKey(key)) {
            return say(request, 402, "exists");
        }
        values.put(key, request);
        return say(request, 200, "saved").with("key", key);
    }

    private static Reply found(JsonObject request, boolean found, String key) {
        return found ? say(request, 200, "done").with("key", key) : say(request, 404, "no such key");
    }

    public static Reply with(Reply reply, String field, Object value) {
        return reply.with(field, value);
    }

    public static Reply without(Reply reply, String field) {
        return reply.with(object -> {
            object.remove(field);
            return object;
        });
    }

    public static Reply closing(Reply reply) {
        return reply.thenClose();
    }

    public static Reply saying(JsonObject request, int status, String message) {
        return say(request, status, message);
    }

    static Reply say(JsonObject request, int status, String message) {
        JsonObject fields = new JsonObject();
        fields.add("operation", request.get("operation"));
        fields.add("type", request.get("type"));
        fields.addProperty("direction", "RESPONSE");
        fields.addProperty("status", status);
        fields.addProperty("status_msg", message);
        return new Reply(fields, new byte[0], false);
    }

    public static String md5(byte[] content) {
        MessageDigest computation = DigestAlgorithm.MD5.start();
        computation.update(content);
        return Digest.of(DigestAlgorithm.MD5, computation).hex();
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
