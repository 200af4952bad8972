package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server for each test, and what tests of every operation say. */
abstract class ServerTest {
    /** The block size that old clients count on. */
    static final int BLOCK = 20_480;

    @TempDir
    Path folder;

    RunningServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = RunningServer.on(folder.resolve("store"));
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    static JsonObject expect(int status, JsonObject answer) {
        assertEquals(status, answer.get("status").getAsInt(), answer.toString());
        assertEquals("RESPONSE", answer.get("direction").getAsString());
        return answer;
    }

    static void expectNames(String operation, String type, JsonObject answer) {
        assertEquals(operation, answer.get("operation").getAsString(), answer.toString());
        assertEquals(type, answer.get("type").getAsString(), answer.toString());
    }

    static String text(JsonObject answer, String field) {
        return answer.get(field).getAsString();
    }

    static long number(JsonObject answer, String field) {
        return answer.get(field).getAsLong();
    }
}
