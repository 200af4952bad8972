package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.step.protocol.Digest;
import dev.step.protocol.frame.Json;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;

/** A client that sends exactly what it is told to, byte by byte if need be, and fills nothing in but the token. */
final class RawClient implements Closeable {
    private static final int ANSWER_WITHIN_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private String token = "";
    private byte[] lastBinary = {};

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    static RawClient connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(address, ANSWER_WITHIN_MILLIS);
        socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
        return new RawClient(socket);
    }

    /** A client on another address of this machine. */
    static RawClient connectFrom(InetAddress own, InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(own, 0));
        socket.connect(address, ANSWER_WITHIN_MILLIS);
        socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
        return new RawClient(socket);
    }

    /** A client that speaks TLS, and takes any certificate. */
    static RawClient connectTls(InetSocketAddress address) throws IOException {
        SSLSocket socket = (SSLSocket) AnyServer.context().getSocketFactory().createSocket();
        socket.connect(address, ANSWER_WITHIN_MILLIS);
        socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
        socket.startHandshake();
        return new RawClient(socket);
    }

    /** The certificate that the server has shown. */
    X509Certificate certificate() throws IOException {
        return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    }

    void login(String user) throws IOException {
        JsonObject answer = ask(loginFields(user));
        assertEquals(200, answer.get("status").getAsInt(), answer.toString());
        token = answer.get("token").getAsString();
    }

    JsonObject loginWithFeatures(String user) throws IOException {
        JsonObject fields = loginFields(user);
        fields.add("features", new JsonArray());
        JsonObject answer = ask(fields);
        assertEquals(200, answer.get("status").getAsInt(), answer.toString());
        token = answer.get("token").getAsString();
        return answer;
    }

    static JsonObject loginFields(String user) {
        return loginFields(user, user);
    }

    static JsonObject loginFields(String user, String password) {
        JsonObject fields = json("{'type':'AUTH','operation':'LOGIN','direction':'REQUEST'}");
        fields.addProperty("username", user);
        fields.addProperty("password", Digest.md5Hex(password));
        return fields;
    }

    int localPort() {
        return socket.getLocalPort();
    }

    String token() {
        return token;
    }

    void useToken(String other) {
        token = other;
    }

    /** Sends {@code TYPE OPERATION} with these fields, written with single quotes, and waits for the answer. */
    JsonObject ask(String typeAndOperation, String fields, byte... binary) throws IOException {
        send(typeAndOperation, fields, binary);
        return answer();
    }

    void send(String typeAndOperation, String fields, byte... binary) throws IOException {
        String[] words = typeAndOperation.split(" ");
        JsonObject object = json(fields);
        object.addProperty("type", words[0]);
        object.addProperty("operation", words[1]);
        object.addProperty("direction", "REQUEST");
        object.addProperty("token", token);
        sendRaw(frame(object, binary));
    }

    JsonObject ask(JsonObject fields, byte... binary) throws IOException {
        sendRaw(frame(fields, binary));
        return answer();
    }

    void sendRaw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Waits for one answer. */
    JsonObject answer() throws IOException {
        byte[] text = new byte[in.readInt()];
        lastBinary = new byte[in.readInt()];
        in.readFully(text);
        in.readFully(lastBinary);
        for (byte b : text) {
            assertTrue(b >= ' ' && b <= '~', "the JSON of an answer has to be one line of ASCII");
        }
        return JsonParser.parseString(new String(text, StandardCharsets.US_ASCII))
                .getAsJsonObject();
    }

    /** The binary part of the last answer. */
    byte[] binary() {
        return lastBinary;
    }

    /** Whether the server closes the connection, without another byte. */
    boolean isClosedByServer() throws IOException {
        try {
            in.readByte();
            return false;
        } catch (EOFException e) {
            return true;
        }
    }

    /** Sends a whole file and gives back the last answer. */
    JsonObject put(String key, byte[] content) throws IOException {
        JsonObject plan = ask("FILE SAVE", "{'key':'" + key + "','size':" + content.length + "}");
        assertEquals(200, plan.get("status").getAsInt(), plan.toString());
        JsonObject last = plan;
        for (int index = 0; index < plan.get("total_block").getAsInt(); index++) {
            last = putBlock(key, content, index, plan.get("block_size").getAsInt());
        }
        return last;
    }

    JsonObject putBlock(String key, byte[] content, int index, int blockSize) throws IOException {
        int from = index * blockSize;
        byte[] block = Arrays.copyOfRange(content, from, Math.min(content.length, from + blockSize));
        return ask("FILE UPLOAD", "{'key':'" + key + "','block_index':" + index + "}", block);
    }

    private static byte[] frame(JsonObject fields, byte... binary) {
        byte[] text = Json.encode(fields);
        return frame(text.length, text, binary);
    }

    static byte[] frame(String json, byte... binary) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        return frame(text.length, text, binary);
    }

    static byte[] frame(int jsonLength, byte[] text, byte... binary) {
        return ByteBuffer.allocate(8 + text.length + binary.length)
                .putInt(jsonLength)
                .putInt(binary.length)
                .put(text)
                .put(binary)
                .array();
    }

    static JsonObject json(String textWithSingleQuotes) {
        return JsonParser.parseString(textWithSingleQuotes.replace('\'', '"')).getAsJsonObject();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
