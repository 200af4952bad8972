package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.StepServer;
import dev.step.daemon.auth.OpenLogin;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.watch.Readiness;
import dev.step.daemon.watch.SyncFailures;
import dev.step.protocol.Digest;
import dev.step.protocol.frame.Json;
import dev.step.s3.StandInS3.Failure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server does while its bucket does not, and afterwards. */
@Timeout(60)
final class OutageTest {
    /** What a test can wait for; the rest is as in earnest. */
    private static final Duration CALL = Duration.ofSeconds(2);

    /** The platform has at most one thread that closes idle connections, while there are any. */
    private static final Set<String> NOT_THE_SERVERS = Set.of(StandInS3.THREAD, "Keep-Alive-Timer");

    private StandInS3 s3;
    private S3Store store;
    private Readiness readiness;

    @BeforeEach
    void start() throws IOException {
        s3 = new StandInS3();
        store = S3Store.open(s3.storage(CALL), Duration.ofDays(7), InstantSource.system());
        readiness = new Readiness(store, new SyncFailures(InstantSource.system()), InstantSource.system());
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        s3.close();
    }

    @ParameterizedTest
    @EnumSource
    void serverIsNotReadyMeanwhileAndReadyAgainByItself(Failure failure) throws IOException {
        assertEquals(Optional.empty(), readiness.obstacle());
        s3.fail(request -> Optional.of(failure));
        String words = readiness.obstacle().orElseThrow();
        assertTrue(words.startsWith("the store cannot be written: The object storage failed to write"), words);
        assertEquals(1, words.lines().count());
        s3.failNothing();
        assertEquals(Optional.empty(), readiness.obstacle());
    }

    @Test
    void serverIsNotReadyWhenNobodyAnswers() throws IOException {
        s3.close();
        String words = readiness.obstacle().orElseThrow();
        assertTrue(words.startsWith("the store cannot be written: The object storage failed to write"), words);
    }

    /** Of many attempts that each take long, there would be a minute's worth. */
    @Test
    void silenceEndsWithTheCallsTime() throws IOException {
        s3.fail(request -> Optional.of(Failure.SILENCE));
        try (ObjectStorage storage = s3.storage(CALL)) {
            IOException e = assertThrows(IOException.class, () -> storage.create("k", new byte[1]));
            assertTrue(e.getMessage().contains(CALL.toMillis() + " millis"), e.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"STATUS_500", "STATUS_503", "SILENCE"})
    void clientIsToldAndGoesOnAfterwards(Failure failure) throws Exception {
        OpenLogin login = new OpenLogin(SignedTokens.withFreshKey(Duration.ofHours(1), Clock.systemUTC()));
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (StepServer server = StepServer.start(anywhere, store, login);
                Socket client = new Socket(
                        server.address().getAddress(), server.address().getPort())) {
            String token =
                    ask(client, """
                            {"type":"AUTH","operation":"LOGIN","direction":"REQUEST","username":"u","password":"%s","features":[]}""".formatted(Digest.md5Hex("u"))).get("token").getAsString();
            String save = """
                    {"type":"DATA","operation":"SAVE","direction":"REQUEST","key":"k","token":"%s"}""".formatted(token);
            s3.fail(request -> Optional.of(failure));
            JsonObject failed = ask(client, save);
            assertEquals(500, failed.get("status").getAsInt(), failed::toString);
            assertTrue(failed.get("status_msg").getAsString().endsWith("."), failed::toString);
            s3.failNothing();
            assertEquals(200, ask(client, save).get("status").getAsInt());
        }
    }

    private static JsonObject ask(Socket client, String request) throws IOException {
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        out.writeInt(request.length());
        out.writeInt(0);
        out.writeBytes(request);
        DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] answer = new byte[in.readInt()];
        assertEquals(0, in.readInt());
        in.readFully(answer);
        return Json.parse(new String(answer, StandardCharsets.US_ASCII)).orElseThrow();
    }

    @Test
    void longOutageLeavesNoThreadsBehind() throws IOException {
        try (ObjectStorage storage = s3.storage(CALL);
                Together clients = new Together()) {
            askOften(storage, clients, 100); // whoever keeps threads has them from now on
            Set<String> before = threads();
            for (Failure failure : List.of(Failure.SILENCE, Failure.STATUS_503, Failure.SILENCE)) {
                s3.fail(request -> Optional.of(failure));
                askOften(storage, clients, 16);
                s3.failNothing();
            }
            askOften(storage, clients, 100);
            Set<String> more = threads();
            more.removeAll(before);
            assertEquals(Set.of(), more);
        }
    }

    private static void askOften(ObjectStorage storage, Together clients, int times) throws IOException {
        List<Callable<Boolean>> questions = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            questions.add(() -> {
                try {
                    return storage.get("k").isPresent();
                } catch (IOException outage) {
                    return false;
                }
            });
        }
        clients.all(questions);
    }

    /** By name and number, so that a thread which took another's place is one more. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !NOT_THE_SERVERS.contains(thread.getName()))
                .map(thread -> thread.getName() + " " + thread.getId())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
