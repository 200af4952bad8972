package dev.step.daemon.store.disk;

import static dev.step.daemon.store.disk.TestStore.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.Seed;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One upload, by one client after the other. */
class DiskUploadTest {
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
    void blocksMayArriveInAnyOrder() throws Exception {
        Random random = Seed.random();
        for (int size : List.of(1, 99, 100, 101, 1000, 20_001)) {
            byte[] content = TestStore.content(size);
            for (List<Integer> order : orders(random, (size + 99) / 100)) {
                Upload upload = store.begin("k", size, 100);
                Optional<StoredFile> file = Optional.empty();
                for (int index : order) {
                    assertTrue(file.isEmpty());
                    file = TestStore.write(upload, index, content);
                }
                assertEquals(
                        TestStore.md5(content), file.orElseThrow().digests().get(0));
                assertArrayEquals(content, store.get("k"));
                store.files().delete(K);
            }
        }
    }

    private static List<List<Integer>> orders(Random random, int blocks) {
        List<Integer> ascending = IntStream.range(0, blocks).boxed().toList();
        List<Integer> descending = new ArrayList<>(ascending);
        Collections.reverse(descending);
        List<Integer> shuffled = new ArrayList<>(ascending);
        Collections.shuffle(shuffled, random);
        return List.of(ascending, descending, shuffled);
    }

    @Test
    void aRepeatedBlockChangesNothing() throws Exception {
        byte[] content = TestStore.content(250);
        Upload upload = store.begin("k", 250, 100);
        for (int index : new int[] {1, 0, 1, 0, 1}) {
            assertTrue(TestStore.write(upload, index, content).isEmpty());
        }
        store.disk().heal();
        TestStore.write(upload, 1, content);
        assertEquals(List.of(), store.disk().steps(), "nothing is written again");

        assertTrue(TestStore.write(upload, 2, content).isPresent());
        RefusedException late = assertRefused(Status.EXISTS, () -> TestStore.write(upload, 2, content));
        assertEquals("The \"key\" k is completely uploaded.", late.getMessage());
    }

    @Test
    void theLastContentOfABlockCountsAndTheDigestFollows() throws Exception {
        byte[] draft = new byte[400];
        byte[] content = TestStore.content(400);
        for (int rewritten = 0; rewritten < 3; rewritten++) {
            Upload upload = store.begin("k", 400, 100);
            for (int index : new int[] {0, 2, 1}) {
                TestStore.write(upload, index, index == rewritten ? draft : content);
            }
            TestStore.write(upload, rewritten, content);
            StoredFile file = TestStore.write(upload, 3, content).orElseThrow();

            assertEquals(TestStore.md5(content), file.digests().get(0), "block " + rewritten);
            assertArrayEquals(content, store.get("k"));
            store.files().delete(K);
        }
    }

    @Test
    void aBlockThatTheDiskRefusedIsMissingAndCanBeSentAgain() throws Exception {
        byte[] content = TestStore.content(300);
        Upload upload = store.begin("k", 300, 100);
        TestStore.write(upload, 0, new byte[300]);
        store.disk().failOnce(0);
        assertThrows(IOException.class, () -> TestStore.write(upload, 0, content));
        TestStore.write(upload, 1, content);
        assertTrue(TestStore.write(upload, 2, content).isEmpty(), "block 0 is missing now");

        StoredFile file = TestStore.write(upload, 0, content).orElseThrow();

        assertEquals(TestStore.md5(content), file.digests().get(0));
        assertArrayEquals(content, store.get("k"));
    }

    @Test
    void onlyABlocksExactLengthIsTaken() throws Exception {
        Upload upload = store.begin("k", 250, 100);

        assertThrows(
                IllegalArgumentException.class,
                () -> upload.write(DataBlock.of(0, ByteBuffer.allocate(99)), Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> upload.write(DataBlock.of(2, ByteBuffer.allocate(100)), Optional.empty()));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> upload.write(DataBlock.of(3, ByteBuffer.allocate(100)), Optional.empty()));
        ByteBuffer part = ByteBuffer.wrap(TestStore.content(250)).position(100).limit(200);
        upload.write(DataBlock.of(1, part), Optional.empty());
        assertEquals(100, part.position(), "the caller's buffer is left as it is");
    }

    @Test
    void uploadGoesOnWhenTheStoreIsOpenedAgain() throws Exception {
        byte[] content = TestStore.content(200);
        Upload upload = store.begin("k", 200, 100);
        TestStore.write(upload, 0, content);

        store.reopen();

        Upload found = store.files().upload(K, Optional.of(upload.id()));
        assertEquals(List.of(new BlockRanges.Range(1, 1)), found.missing().ranges());
        assertTrue(TestStore.write(found, 1, content).isPresent());
        assertArrayEquals(content, store.get("k"));
    }
}
