package dev.step.shell.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.shell.bench.BenchPlan.Turn;
import dev.step.shell.client.Account;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.CuttingProxy;
import dev.step.shell.client.Dialer;
import dev.step.shell.client.FakeServer;
import dev.step.shell.client.Problem;
import dev.step.shell.client.RealServer;
import dev.step.shell.client.RemoteFiles;
import dev.step.shell.client.Reply;
import dev.step.shell.client.Session;
import dev.step.shell.client.UnfinishedUploads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class BenchRunTest {
    private static final long SEED = 1;
    private static final Axes SMALL = new Axes(
            List.of(),
            List.of(1, 2),
            List.of(1, 3),
            List.of(FileKind.TXT, FileKind.PDF),
            List.of(Action.PUT, Action.GET));

    private static final BenchListener NOBODY = new BenchListener() {
        @Override
        public void begin(Turn turn) {}

        @Override
        public void measured(Sample sample) {}

        @Override
        public void done(double share) {}
    };

    @TempDir
    Path folder;

    private Path temporary;

    @BeforeEach
    void prepare() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary"));
    }

    @Test
    void measuresAnOldServerAndLeavesNothing() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            BenchPlan plan = BenchPlan.of(
                    EnumSet.of(Figure.SIZES, Figure.CLIENTS, Figure.FORMATS, Figure.LATENCY), sized(30_000), 2, SEED);
            assertAllMeasured(plan, new BenchRun(session, plan, NOBODY, temporary).run());
            assertNothingLeft(server);
            assertFalse(server.sawPipelining);
            assertTrue(
                    server.requests.stream()
                            .filter(request -> request.has("key"))
                            .noneMatch(
                                    request -> request.get("key").getAsString().contains("/")),
                    "old servers break on a slash");
        }
    }

    @Test
    void connectionsAreMeasuredOverTheCoreProtocolOnEveryServer() throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            Axes axes = new Axes(List.of(10L << 20), List.of(2), List.of(1), List.of(), List.of(Action.PUT));
            BenchPlan plan = BenchPlan.of(Set.of(Figure.CONNECTIONS), axes, 1, SEED);
            assertAllMeasured(plan, new BenchRun(session, plan, NOBODY, temporary).run());
            assertNothingLeft(server);
            assertTrue(
                    server.requests.stream()
                            .anyMatch(request ->
                                    request.get("operation").getAsString().equals("LOGIN") && !request.has("features")),
                    "no login without extensions");
            assertTrue(server.connectionCount.get() > 2, "one file on two connections");
        }
    }

    @Test
    void anInterruptedRunLeavesNothingOnTheServer() throws Exception {
        try (RealServer server = new RealServer(folder.resolve("store"));
                CuttingProxy proxy = new CuttingProxy(server.address());
                Session session = session(proxy)) {
            BenchPlan plan = BenchPlan.of(EnumSet.of(Figure.SIZES, Figure.CLIENTS), sized(5 << 20), 3, SEED);
            for (long bytes : new long[] {100_000, 7_000_000, 40_000_000, 70_000_000}) {
                proxy.after(bytes, session::cancel);
                ClientException failure =
                        assertThrows(ClientException.class, () -> new BenchRun(session, plan, NOBODY, temporary).run());
                assertEquals(Problem.CANCELLED, failure.problem(), failure.getMessage());
                session.resume();
                assertEquals(List.of(), new RemoteFiles(session).keys(""));
                assertEquals(
                        0,
                        new UnfinishedUploads(session)
                                .list(Optional.empty())
                                .uploads()
                                .size());
                assertEmpty(temporary);
            }
        }
    }

    @Test
    void whatCannotBeRemovedIsNamed() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> {
                String operation = request.get("operation").getAsString();
                return operation.equals("DELETE") ? Reply.to(request, 410, "I keep it") : usual;
            });
            BenchPlan plan = BenchPlan.of(Set.of(Figure.SIZES), sized(1_000), 1, SEED);
            ClientException failure =
                    assertThrows(ClientException.class, () -> new BenchRun(session, plan, NOBODY, temporary).run());
            assertTrue(failure.getMessage().contains("I keep it"), failure.getMessage());
            Set<String> saved = server.requests.stream()
                    .filter(request -> request.get("operation").getAsString().equals("SAVE"))
                    .map(request -> request.get("key").getAsString())
                    .collect(Collectors.toSet());
            assertFalse(saved.isEmpty());
            saved.forEach(key -> assertTrue(failure.getMessage().contains(key), failure.getMessage()));
        }
    }

    @Test
    void keysAreUnlikeThoseOfAnotherRun() {
        assertFalse(new ServerKeys().newFile().equals(new ServerKeys().newFile()));
    }

    private static Axes sized(long bytes) {
        return new Axes(List.of(bytes), SMALL.connections(), SMALL.clients(), SMALL.kinds(), SMALL.directions());
    }

    private static Session session(CuttingProxy proxy) throws ClientException {
        return Session.open(() -> new Account(proxy.address(), "alice", "alice"), Dialer.DEFAULT, notice -> {});
    }

    private static void assertAllMeasured(BenchPlan plan, List<Sample> samples) {
        for (BenchCase what : plan.cases()) {
            long expected =
                    (long) plan.repeat() * what.clients() * what.figure().timesInARow();
            long found = samples.stream()
                    .filter(sample -> sample.what().equals(what))
                    .count();
            assertEquals(expected, found, what::toString);
        }
    }

    private static void assertEmpty(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private void assertNothingLeft(FakeServer server) throws IOException {
        assertEquals(Set.of(), server.files.keySet());
        assertEquals(Set.of(), server.values.keySet());
        assertEmpty(temporary);
    }
}
