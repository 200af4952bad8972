package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many clients at once, and a server that stops under them. */
final class ConcurrencyTest extends ServerTest {
    @Test
    void exactlyOneOfTheBlocksThatArriveAtOnceCompletesTheFile() throws Exception {
        int blocks = 8;
        for (int round = 0; round < 20; round++) {
            byte[] content = Content.of(blocks * BLOCK, round);
            String key = "k" + round;
            try (RawClient client = server.login("user")) {
                client.ask("FILE SAVE", "{'key':'" + key + "','size':" + content.length + "}");
            }
            CyclicBarrier start = new CyclicBarrier(blocks);
            List<JsonObject> answers = atOnce(blocks, index -> {
                try (RawClient client = server.login("user")) {
                    start.await();
                    return expect(200, client.putBlock(key, content, index, BLOCK));
                }
            });
            List<String> digests = answers.stream()
                    .filter(answer -> answer.has("md5"))
                    .map(answer -> text(answer, "md5"))
                    .toList();
            assertEquals(List.of(Content.md5(content)), digests);
        }
    }

    @Test
    void twoHundredClientsUploadAtOnce() throws Exception {
        byte[] content = Content.of(30 * BLOCK, 1);
        CyclicBarrier start = new CyclicBarrier(200);
        List<JsonObject> answers = atOnce(200, index -> {
            try (RawClient client = server.login("user" + index % 7)) {
                start.await();
                return client.put("k" + index, content);
            }
        });
        for (JsonObject answer : answers) {
            assertEquals(Content.md5(content), text(expect(200, answer), "md5"));
        }
    }

    @Test
    void connectionsThatAreNeverUsedDisturbNobody() throws IOException {
        List<RawClient> idle = new ArrayList<>();
        try (RawClient client = server.login("user")) {
            for (int i = 0; i < 500; i++) {
                idle.add(server.connect());
            }
            client.put("k", Content.of(100_000, 1));
            expect(200, client.ask("FILE GET", "{'key':'k'}"));
        } finally {
            for (RawClient connection : idle) {
                connection.close();
            }
        }
    }

    @Test
    void serverThatStopsKeepsEveryCompletedFile() throws Exception {
        byte[] content = Content.of(20 * BLOCK, 1);
        List<String> completed = Collections.synchronizedList(new ArrayList<>());
        CyclicBarrier start = new CyclicBarrier(9);
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<Object>> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String user = "user" + i;
            clients.add(threads.submit(() -> {
                try (RawClient client = server.login(user)) {
                    start.await();
                    for (int file = 0; ; file++) {
                        if (client.put("k" + file, content).has("md5")) {
                            completed.add(user + "/k" + file);
                        }
                    }
                }
            }));
        }
        start.await();
        while (completed.size() < 20) {
            Thread.onSpinWait();
        }
        server.close();
        for (Future<Object> client : clients) {
            assertThrows(ExecutionException.class, client::get);
        }
        threads.shutdownNow();
        startServer();
        for (String file : completed) {
            String[] userAndKey = file.split("/");
            try (RawClient client = server.login(userAndKey[0])) {
                assertArrayEquals(content, UploadTest.download(client, userAndKey[1]), file);
            }
        }
    }

    private interface Work {
        JsonObject of(int index) throws Exception;
    }

    private static List<JsonObject> atOnce(int count, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<JsonObject>> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int index = i;
                tasks.add(() -> work.of(index));
            }
            List<JsonObject> results = new ArrayList<>();
            for (Future<JsonObject> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
