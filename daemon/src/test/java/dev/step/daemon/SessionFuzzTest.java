package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.SilentCloseable;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonParser;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.slf4j.LoggerFactory;

/**
 * A real server, and whatever bytes somebody sends: first as they are, then as requests of a user who is logged in. The
 * inputs kept beside the test are replayed as unit tests; with {@code JAZZER_FUZZ=1} in the environment new ones are
 * searched for.
 */
final class SessionFuzzTest {
    private static final int HANGS_AFTER_MILLIS = 30_000;
    /** Stands for a good token in an input. */
    private static final String TOKEN = "TOKEN";

    private static final Errors ERRORS = new Errors();
    private static RunningServer server;
    private static String token;

    @BeforeAll
    static void start() throws IOException {
        ERRORS.start();
        ((Logger) LoggerFactory.getLogger("dev.step.daemon")).addAppender(ERRORS);
        server = RunningServer.on(Files.createTempDirectory("step-fuzz").resolve("store"));
        try (RawClient client = server.login("user")) {
            token = client.token();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        assertTrue(ERRORS.logged.isEmpty(), () -> ERRORS.logged.toString());
    }

    @FuzzTest(maxDuration = "20s")
    void everyConnectionAnswersOrCloses(byte[] sent) throws IOException {
        exchange(sent);
        String text = new String(sent, StandardCharsets.UTF_8);
        if (text.contains(TOKEN)) {
            exchange(RawClient.frame(text.replace(TOKEN, token)));
        }
        assertTrue(ERRORS.logged.isEmpty(), () -> ERRORS.logged.toString());
    }

    /** Sends, and reads whole answers until the server closes. */
    private static void exchange(byte[] bytes) throws IOException {
        int ours = server.address().getPort();
        try (SilentCloseable allowed = BugDetectors.allowNetworkConnections((host, port) -> port == ours);
                Socket socket = new Socket(server.address().getAddress(), ours)) {
            socket.setSoTimeout(HANGS_AFTER_MILLIS);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                readAnswer(in);
            }
        } catch (EOFException | SocketException e) {
            // closed: between two answers, or in the middle of what we were sending
        }
    }

    private static void readAnswer(DataInputStream in) throws IOException {
        byte[] json = new byte[in.readInt()];
        byte[] binary = new byte[in.readInt()];
        in.readFully(json);
        in.readFully(binary);
        String direction = JsonParser.parseString(new String(json, StandardCharsets.US_ASCII))
                .getAsJsonObject()
                .get("direction")
                .getAsString();
        assertEquals("RESPONSE", direction);
    }

    /** What the server's threads log when they meet a bug, or their store fails. */
    private static final class Errors extends AppenderBase<ILoggingEvent> {
        private final Queue<ILoggingEvent> logged = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel() == Level.ERROR) {
                logged.add(event);
            }
        }
    }
}
