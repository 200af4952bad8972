package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.step.daemon.auth.SharedDocument;
import dev.step.daemon.auth.SharedDocument.Known;
import dev.step.s3.StandInS3.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A document in a bucket, as two servers see it. */
@Timeout(60)
final class BucketDocumentTest {
    private static final String NAME = "accounts";

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // it may run over
    private StandInS3 s3;
    private ObjectStorage storage;
    private SharedDocument one;
    private SharedDocument other;
    private Known<String> known;

    @BeforeEach
    void start() throws IOException {
        s3 = new StandInS3();
        storage = s3.storage();
        one = new BucketDocument(storage, NAME, nanos::get);
        other = new BucketDocument(storage, NAME, nanos::get);
        known = other.known(BucketDocumentTest::text);
    }

    @AfterEach
    void stop() {
        storage.close();
        s3.close();
    }

    private static String text(Optional<byte[]> bytes) {
        return bytes.map(found -> new String(found, StandardCharsets.UTF_8)).orElse("nothing");
    }

    private static void write(SharedDocument document, String text) throws IOException {
        document.edit(before -> Optional.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void missingDocumentIsMadeByTheFirstEdit() throws IOException {
        assertEquals("nothing", known.current());
        write(one, "first");
        assertArrayEquals("first".getBytes(StandardCharsets.UTF_8), other.read().orElseThrow());
    }

    @Test
    void serverThatEditsSeesItAtOnce() throws IOException {
        assertEquals("nothing", known.current());
        write(other, "edited");
        assertEquals("edited", known.current());
    }

    @Test
    void editOfAnotherServerIsSeenWithinTheBoundAtTheLatest() throws IOException {
        write(one, "before");
        assertEquals("before", known.current());
        write(one, "after");
        pass(BucketDocument.STALE_AFTER);
        assertEquals("after", known.current());
        assertEquals(10, BucketDocument.STALE_AFTER.toSeconds(), "docs/SCALING.md and docs/ADMIN.md say so");
    }

    @Test
    void whoWouldRefuseSeesTheLatestEdit() throws IOException {
        write(one, "before");
        assertEquals("before", known.current());
        pass(BucketDocument.NEW_ENOUGH_TO_REFUSE);
        write(one, "after");
        assertEquals("before", known.current());
        known.lookAgain();
        assertEquals("after", known.current());
    }

    @Test
    void refusalsInARowDoNotAskForEach() throws IOException {
        write(one, "text");
        known.current();
        pass(BucketDocument.NEW_ENOUGH_TO_REFUSE);
        s3.takeCounts();
        for (int i = 0; i < 100; i++) {
            known.lookAgain();
        }
        assertEquals(Map.of("GET", 1), s3.takeCounts());
    }

    @Test
    void questionsCostNothingAndUnchangedTextIsNotUnderstoodAgain() throws IOException {
        write(one, "text");
        String first = known.current();
        s3.takeCounts();
        for (int i = 0; i < 1_000; i++) {
            assertSame(first, known.current());
        }
        assertEquals(Map.of(), s3.takeCounts());
        pass(BucketDocument.LOOK_AFTER);
        assertSame(first, known.current());
        assertEquals(Map.of("GET", 1), s3.takeCounts());
    }

    @Test
    void outageIsBridgedAsLongAsTheBoundAllows() throws IOException {
        write(one, "text");
        assertEquals("text", known.current());
        s3.fail(request -> Optional.of(Failure.STATUS_503));
        pass(BucketDocument.STALE_AFTER.minusNanos(1));
        assertEquals("text", known.current());
        pass(Duration.ofNanos(1));
        assertThrows(IOException.class, known::current);
        s3.failNothing();
        assertEquals("text", known.current());
    }

    @Test
    void ofEditsAtTheSameTimeNoneIsLost() throws IOException {
        List<SharedDocument> servers = List.of(one, other);
        try (Together together = new Together()) {
            List<Callable<Boolean>> edits = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String word = i + " ";
                SharedDocument server = servers.get(i % 2);
                edits.add(() -> {
                    server.edit(before -> Optional.of((text(before) + word).getBytes(StandardCharsets.UTF_8)));
                    return true;
                });
            }
            together.all(edits);
        }
        String text = text(one.read());
        for (int i = 0; i < 20; i++) {
            assertEquals(1, text.split(" " + i + " |nothing" + i + " ", -1).length - 1, text);
        }
    }

    @Test
    void editThatRefusesChangesNothing() throws IOException {
        write(one, "text");
        assertThrows(
                IOException.class,
                () -> other.edit(before -> {
                    throw new IOException("no");
                }));
        other.edit(before -> Optional.empty());
        assertEquals("text", text(one.read()));
    }
}
