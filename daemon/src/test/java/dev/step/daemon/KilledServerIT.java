package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real server, killed again and again while clients send to it. */
final class KilledServerIT {
    private static final int CLIENTS = 4;
    /** Clients send up to so many blocks between two kills. */
    private static final int MAX_BLOCKS = 200;

    private static final int MANY_KILLS = Integer.getInteger("step.kills", 100);

    @TempDir
    Path store;

    @Test
    @Timeout(120)
    void nothingAcknowledgedIsLostNorSentTwiceInThreeKills() throws Exception {
        killAgainAndAgain(3);
    }

    @Test
    @Tag("long")
    @Timeout(900)
    void nothingAcknowledgedIsLostNorSentTwiceInManyKills() throws Exception {
        killAgainAndAgain(MANY_KILLS);
    }

    private void killAgainAndAgain(int kills) throws Exception {
        Random random = Seed.random();
        List<PersistentClient> clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> new PersistentClient("user" + i, random.nextLong()))
                .toList();
        for (int kill = 0; kill < kills; kill++) {
            try (ServerProcess server = ServerProcess.on(store)) {
                killAfter(1 + random.nextInt(MAX_BLOCKS), server, clients);
            }
        }
        try (ServerProcess server = ServerProcess.on(store)) {
            InetSocketAddress address = server.awaitReady();
            for (PersistentClient client : clients) {
                client.finish(address);
                client.check(address);
            }
        }
        System.out.println(kills + " kills, files: "
                + clients.stream().map(PersistentClient::completeFiles).toList());
    }

    /** Kills the server as soon as it has answered so many blocks, in the middle of what it does for other clients. */
    private static void killAfter(int blocks, ServerProcess server, List<PersistentClient> clients) throws Exception {
        InetSocketAddress address = server.awaitReady();
        AtomicInteger left = new AtomicInteger(blocks);
        CountDownLatch enough = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(clients.size());
        try {
            List<Future<Boolean>> lost = new ArrayList<>();
            for (PersistentClient client : clients) {
                lost.add(threads.submit(() -> losesConnection(
                        client,
                        address,
                        () -> {
                            if (left.decrementAndGet() == 0) {
                                enough.countDown();
                            }
                            return true;
                        },
                        enough)));
            }
            enough.await();
            server.kill();
            for (Future<Boolean> each : lost) {
                assertTrue(each.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** A client that fails for another reason does not let the others wait. */
    private static boolean losesConnection(
            PersistentClient client,
            InetSocketAddress address,
            PersistentClient.Progress progress,
            CountDownLatch enough) {
        try {
            client.run(address, progress);
            return false;
        } catch (IOException e) {
            return true;
        } finally {
            enough.countDown();
        }
    }
}
