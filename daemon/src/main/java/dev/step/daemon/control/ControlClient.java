package dev.step.daemon.control;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The commands' end: asks a running server. */
public final class ControlClient {
    private final Path socket;

    /** Does not connect yet. */
    public ControlClient(Path socket) {
        this.socket = socket;
    }

    /**
     * How the server is, what its connections do, and which uploads are not complete.
     *
     * @throws IOException in words for the admin
     */
    public JsonObject status() throws IOException {
        return ask(command(Administration.STATUS));
    }

    /**
     * Closes connections.
     *
     * @param target a connection's number, a user, or an address
     * @return how many there were
     * @throws IOException in words for the admin
     */
    public int kick(String target) throws IOException {
        JsonObject request = command(Administration.KICK);
        request.addProperty(Administration.TARGET, target);
        return ask(request).get(Administration.CLOSED).getAsInt();
    }

    private static JsonObject command(String name) {
        JsonObject request = new JsonObject();
        request.addProperty(Administration.COMMAND, name);
        return request;
    }

    private JsonObject ask(JsonObject request) throws IOException {
        try (SocketChannel server = connect()) {
            server.write(StandardCharsets.UTF_8.encode(request + "\n"));
            String line = new BufferedReader(Channels.newReader(server, StandardCharsets.UTF_8)).readLine();
            if (line == null) {
                throw new IOException("the server at " + socket + " has not answered: its log says why");
            }
            JsonObject answer = JsonParser.parseString(line).getAsJsonObject();
            if (answer.get(Administration.ERROR) instanceof JsonPrimitive words) {
                throw new IOException(words.getAsString());
            }
            return answer;
        }
    }

    private SocketChannel connect() throws IOException {
        if (!Files.exists(socket)) {
            throw new IOException("no server is running with the socket " + socket);
        }
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new IOException(
                    String.valueOf(e.getMessage()).contains("Permission denied")
                            ? socket + ": permission denied: only the server's user and group, and root, may use it"
                            : "no server answers at " + socket + ": " + e.getMessage(),
                    e);
        }
    }
}
