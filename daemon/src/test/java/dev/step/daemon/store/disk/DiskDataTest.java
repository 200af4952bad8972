package dev.step.daemon.store.disk;

import static dev.step.daemon.store.disk.TestStore.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.frame.Json;
import dev.step.protocol.message.DataList;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskDataTest {
    private static final Key K = new Key("k");

    @TempDir
    private Path temporary;

    private TestStore store;

    @BeforeEach
    void open() throws IOException {
        store = new TestStore(temporary.resolve("root"));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void aValueComesBackAsItWasSaved() throws Exception {
        JsonObject value = Json.parse("{\"n\":1e400,\"big\":12345678901234567890,\"s\":\"é😀\\u0000\",\"null\":null,"
                        + "\"list\":[1,{\"a\":true}]}")
                .orElseThrow();

        store.data().save(K, value);

        assertEquals(value, store.data().get(K));
        store.reopen();
        assertEquals(
                Json.parse(new String(Json.encode(value))),
                Optional.of(store.data().get(K)));
        assertEquals(
                new String(Json.encode(value)), Files.readString(store.root().resolve("users/ann/data/k")));
        assertEquals(0, store.root().resolve("uploads").toFile().list().length);
    }

    @Test
    void aKeyHasOneValueUntilItIsDeleted() throws Exception {
        store.data().save(K, value("first"));

        RefusedException again = assertRefused(Status.EXISTS, () -> store.data().save(K, value("second")));
        assertEquals("This \"key\" k is existing.", again.getMessage());
        assertEquals(value("first"), store.data().get(K));
        store.data().delete(K);
        RefusedException gone =
                assertRefused(Status.NOT_FOUND, () -> store.data().get(K));
        assertEquals("The key k is not existing.", gone.getMessage());
        assertRefused(Status.NOT_FOUND, () -> store.data().delete(K));
        store.data().save(K, value("second"));
        assertEquals(value("second"), store.data().get(K));
    }

    @Test
    void valuesAndFilesOfOneKeyAreApart() throws Exception {
        store.put("k", 10);
        store.data().save(K, value("v"));

        store.files().delete(K);

        assertEquals(value("v"), store.data().get(K));
    }

    @Test
    void theListFollowsWhatHappensAndIsTheSameAfterwards() throws Exception {
        assertEquals(List.of(), keys());
        List<String> keys = List.of("a", "a/", "a/b", "z".repeat(700), "é", "日".repeat(300), "\uffff", "😀");
        for (String key : keys) {
            store.data().save(new Key(key), value(key));
        }
        assertEquals(keys, keys());

        store.reopen();
        assertEquals(keys, keys());
        store.data().delete(new Key("a/b"));
        assertEquals(7, keys().size());
        assertFalse(keys().contains("a/b"));
        DataList page = store.data().list(new ListQuery("", Optional.empty(), Optional.of("a"), 2, false));
        assertEquals(List.of(new Key("a/"), new Key("z".repeat(700))), page.keys());
        assertEquals(Optional.of("z".repeat(700)), page.after());
    }

    @Test
    void whatIsNotOursIsNotListed() throws Exception {
        store.data().save(K, value("v"));
        Path data = store.root().resolve("users/ann/data");
        Files.createFile(data.resolve("%6b"));
        Files.createFile(data.resolve("=x"));
        Files.createDirectories(data.resolve("folder"));
        Files.createFile(data.resolve("folder/x"));

        assertEquals(List.of("k"), keys());
    }

    @Test
    void aDamagedValueIsAnErrorAndNotAnAnswer() throws Exception {
        store.data().save(K, value("v"));
        Files.writeString(store.root().resolve("users/ann/data/k"), "{\"name\":");

        assertThrows(IOException.class, () -> store.data().get(K));
    }

    @Test
    void ofManyWhoSaveOneKeyAtOnceOneDoes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                List<Callable<String>> saves = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    String name = "value " + i;
                    saves.add(() -> {
                        store.data().save(K, value(name));
                        return name;
                    });
                }
                List<String> saved = new ArrayList<>();
                for (Future<String> save : threads.invokeAll(saves)) {
                    resultUnlessExists(save).ifPresent(saved::add);
                }
                assertEquals(1, saved.size());
                assertEquals(value(saved.get(0)), store.data().get(K));
                store.data().delete(K);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static Optional<String> resultUnlessExists(Future<String> save) throws Exception {
        try {
            return Optional.of(save.get());
        } catch (ExecutionException e) {
            assertEquals(Status.EXISTS, ((RefusedException) e.getCause()).status());
            return Optional.empty();
        }
    }

    private List<String> keys() throws IOException {
        return store.data().list(ListQuery.ALL).keys().stream().map(Key::text).toList();
    }

    private static JsonObject value(String name) {
        JsonObject value = new JsonObject();
        value.addProperty("name", name);
        return value;
    }
}
