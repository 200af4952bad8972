package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.s3.StandInS3.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class S3ObjectStorageTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private StandInS3 s3;
    private ObjectStorage storage;

    @BeforeEach
    void start() throws IOException {
        s3 = new StandInS3(now::get);
        storage = s3.storage();
    }

    @AfterEach
    void stop() throws IOException {
        storage.close();
        s3.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void objectIsMadeOnceAndReplacedOnlyByWhoKnowsIt() throws IOException {
        String first = storage.create("a b+~é?", bytes("one")).orElseThrow();
        assertEquals(Optional.empty(), storage.create("a b+~é?", bytes("other")));
        String second = storage.replace("a b+~é?", first, bytes("two")).orElseThrow();
        assertEquals(Optional.empty(), storage.replace("a b+~é?", first, bytes("three")));
        ObjectStorage.Content content = storage.get("a b+~é?").orElseThrow();
        assertArrayEquals(bytes("two"), content.bytes());
        assertEquals(second, content.tag());
        storage.delete("a b+~é?");
        assertEquals(Optional.empty(), storage.get("a b+~é?"));
        assertEquals(Optional.empty(), storage.replace("a b+~é?", second, bytes("four")));
    }

    @Test
    void partEndsWhereTheObjectDoes() throws IOException {
        storage.create("k", bytes("0123456789"));
        assertArrayEquals(bytes("34"), storage.get("k", 3, 2).orElseThrow().bytes());
        assertArrayEquals(bytes("89"), storage.get("k", 8, 100).orElseThrow().bytes());
        assertEquals(Optional.empty(), storage.get("none", 0, 1));
    }

    @Test
    void copyHasTheSameContent() throws IOException {
        storage.create("from/a~b", bytes("content"));
        storage.copy("from/a~b", "to", "me");
        assertArrayEquals(bytes("content"), storage.get("to").orElseThrow().bytes());
        assertThrows(IOException.class, () -> storage.copy("none", "to", "me"));
    }

    @Test
    void ownerIsNotedWithAnObjectAndItsCopy() throws IOException {
        storage.create("k", bytes("content"), "a-b_c.d");
        assertEquals(Optional.of("a-b_c.d"), storage.owner("k"));
        storage.copy("k", "copy", "other");
        assertEquals(Optional.of("other"), storage.owner("copy"));
        storage.create("nobody's", bytes("content"));
        assertEquals(Optional.empty(), storage.owner("nobody's"));
        assertEquals(Optional.empty(), storage.owner("none"));
    }

    @Test
    void listingGoesOnWhereThePageBeforeHasEnded() throws IOException {
        s3.pageSize(2);
        List<String> names = List.of("l/a", "l/b/1", "l/b/2", "l/b/3", "l/c d", "l/e");
        for (String name : names) {
            storage.create(name, bytes(name));
        }
        List<String> found = new ArrayList<>();
        Listings.forEach(storage, ObjectStorage.Range.of("l/"), entry -> found.add(entry.name()));
        assertEquals(names, found);
        ObjectStorage.Page page = storage.list(new ObjectStorage.Range("l/", "", "/"));
        assertEquals(List.of("l/b/"), page.folders());
        assertEquals(Optional.of("l/b/"), page.last());
        assertEquals(
                3, storage.list(new ObjectStorage.Range("l/b/", "", "")).last().isPresent() ? 3 : 0);
    }

    @Test
    void whatFailsForAMomentIsTriedAgain() throws IOException {
        for (Failure failure : List.of(Failure.STATUS_500, Failure.STATUS_503, Failure.ANSWER_LOST)) {
            AtomicInteger left = new AtomicInteger(2);
            s3.fail(request -> left.getAndDecrement() > 0 ? Optional.of(failure) : Optional.empty());
            assertTrue(storage.create("k" + failure, bytes("content")).isPresent(), failure::name);
        }
    }

    @Test
    void whatGoesOnFailingIsGivenUp() {
        s3.fail(request -> Optional.of(Failure.STATUS_503));
        IOException e = assertThrows(IOException.class, () -> storage.create("k", bytes("content")));
        assertTrue(e.getMessage().contains("failed to write bucket/store/k"), e.getMessage());
        assertTrue(s3.takeCounts().get("PUT") <= 5);
    }

    @Test
    void whatIsNotAnsweredEndsAllTheSame() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        s3.fail(request -> {
            assertDoesNotThrow(() -> end.await());
            return Optional.empty();
        });
        try (ObjectStorage impatient = s3.storage(Duration.ofMillis(500))) {
            assertThrows(IOException.class, () -> impatient.get("k"));
        }
        end.countDown();
        assertFalse(Thread.interrupted());
    }

    @Test
    void objectThatIsNoLongerAsItWasSeenIsNotRemoved() throws IOException {
        removeOnlyWhatWasSeen();
    }

    @Test
    void norIsItWhereIfMatchIsIgnored() throws IOException {
        s3.deleteAsOldCeph();
        removeOnlyWhatWasSeen();
    }

    private void removeOnlyWhatWasSeen() throws IOException {
        String first = storage.create("k", bytes("one")).orElseThrow();
        ObjectStorage.Content seen = storage.get("k").orElseThrow();
        now.set(now.get().plus(ObjectStorage.SETTLED));
        storage.replace("k", first, bytes("two"));
        storage.delete("k", seen);
        assertTrue(storage.get("k").isPresent());
        storage.delete("k", storage.get("k").orElseThrow());
        assertEquals(Optional.empty(), storage.get("k"));
        assertEquals(List.of(), s3.names("try"), "which is how it was found out");
    }

    @Test
    void replacementWhoseAnswerWasLostIsKnownByItsContent() throws IOException {
        String tag = storage.create("k", bytes("one")).orElseThrow();
        AtomicInteger left = new AtomicInteger(1);
        s3.fail(request -> left.getAndDecrement() > 0 ? Optional.of(Failure.ANSWER_LOST) : Optional.empty());
        assertTrue(storage.replace("k", tag, bytes("two")).isPresent());
    }

    @Test
    void ofManyWhoMakeOrReplaceAnObjectOneSucceeds() throws Exception {
        Together together = new Together();
        for (int round = 0; round < 30; round++) {
            String name = "race" + round;
            List<Callable<Optional<String>>> makers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                byte[] content = bytes("maker " + i);
                makers.add(() -> storage.create(name, content));
            }
            assertEquals(
                    1, together.all(makers).stream().flatMap(Optional::stream).count());
            String tag = storage.get(name).orElseThrow().tag();
            List<Callable<Optional<String>>> replacers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                byte[] content = bytes("replacer " + i);
                replacers.add(() -> storage.replace(name, tag, content));
            }
            assertEquals(
                    1,
                    together.all(replacers).stream().flatMap(Optional::stream).count());
        }
        together.close();
    }
}
