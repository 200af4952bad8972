package dev.step.shell.repl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonObject;
import dev.step.shell.client.FakeServer;
import dev.step.shell.client.FakeServer.Quirk;
import dev.step.shell.client.Reply;
import dev.step.shell.command.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same session with each of the old servers that are out there. */
@Timeout(120)
class OldServersTest {
    private static final int LARGE = (10 << 20) + 1;

    @TempDir
    Path folder;

    /** What is special about a server. */
    enum Variant {
        REFERENCE,
        SMALLER_BLOCKS,
        ANSWERS_IN_PIECES,
        SAYS_408_WHEN_COMPLETE,
        ANSWERS_UNDER_ANOTHER_OPERATIONS_NAME,
        CLOSES_WITHOUT_WARNING,
        WRITES_DIGESTS_IN_CAPITALS,
        SAYS_NO_DIGEST_AT_THE_END;

        FakeServer start() throws Exception {
            FakeServer server = new FakeServer().misbehaving(quirk());
            server.blocksOf(this == SMALLER_BLOCKS ? 12_800 : 20_480);
            server.split = this == ANSWERS_IN_PIECES;
            return server;
        }

        private Quirk quirk() {
            AtomicInteger answers = new AtomicInteger();
            return (request, usual) -> switch (this) {
                case REFERENCE, SMALLER_BLOCKS, ANSWERS_IN_PIECES -> usual;
                case SAYS_408_WHEN_COMPLETE ->
                    is(request, "UPLOAD") && status(usual) == 402 ? usual.with("status", 408) : usual;
                case ANSWERS_UNDER_ANOTHER_OPERATIONS_NAME ->
                    is(request, "DELETE") || status(usual) != 200 ? usual.with("operation", "GET") : usual;
                case CLOSES_WITHOUT_WARNING -> answers.incrementAndGet() % 150 == 0 ? usual.thenClose() : usual;
                case WRITES_DIGESTS_IN_CAPITALS -> usual.fields().has("md5") ? inCapitals(usual) : usual;
                case SAYS_NO_DIGEST_AT_THE_END ->
                    is(request, "UPLOAD") && usual.fields().has("md5") ? usual.without("md5") : usual;
            };
        }

        private static boolean is(JsonObject request, String operation) {
            return request.get("operation").getAsString().equals(operation);
        }

        private static int status(Reply reply) {
            return reply.fields().get("status").getAsInt();
        }

        private static Reply inCapitals(Reply usual) {
            return usual.with("md5", usual.fields().get("md5").getAsString().toUpperCase(Locale.ROOT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSessionGoesAsWithAnyOther(Variant variant) throws Exception {
        byte[] large = new byte[LARGE];
        new Random(1).nextBytes(large);
        Files.write(folder.resolve("large"), large);
        Files.writeString(folder.resolve("small"), "small");
        try (TestShell shell = new TestShell(folder, variant.start())) {
            assertEquals(
                    ExitStatus.OK,
                    shell.run(
                            "put large; put small",
                            "put small",
                            "verify large; verify small",
                            "get large back",
                            "info small",
                            "rm small",
                            "data save v n=1",
                            "data get v"),
                    () -> shell.err().toString());
            assertArrayEquals(large, shell.server.files.get("large"));
            assertArrayEquals(large, Files.readAllBytes(folder.resolve("back")));
            assertFalse(shell.server.files.containsKey("small"));
            assertFalse(shell.server.sawPipelining);
            assertEquals(ExitStatus.NOT_FOUND, shell.run("get small"));
            assertEquals(ExitStatus.FAILED, shell.run("ls"));
        }
    }
}
