package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That a real object storage, by way of two gateways, does what the store relies on, as the stand-in does. */
@Timeout(300)
final class RealObjectStorageTest {
    private List<ObjectStorage> gateways = List.of();

    @BeforeEach
    void open() throws IOException {
        RealBucket bucket = RealBucket.required();
        S3Location place = S3Location.parse("s3://" + bucket.name() + "/objects-" + UUID.randomUUID());
        gateways = List.of(
                S3ObjectStorage.open(place, Optional.of(bucket.endpoints().get(0))),
                S3ObjectStorage.open(place, Optional.of(bucket.endpoints().get(1))));
    }

    @AfterEach
    void close() throws IOException {
        for (ObjectStorage gateway : gateways) {
            gateway.close();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everyNameAndEveryChangeIsSeenThroughTheOtherGateway() throws IOException {
        ObjectStorage one = gateways.get(0);
        ObjectStorage other = gateways.get(1);
        List<String> names = List.of("n/ a", "n/%41", "n/+b", "n//", "n/a//b", "n/c~E9\\?*&=", "n/d/", "n/}");
        for (String name : names) {
            String tag = one.create(name, bytes(name)).orElseThrow();
            assertEquals(Optional.empty(), other.create(name, bytes("other")));
            assertTrue(other.replace(name, tag, bytes("changed " + name)).isPresent());
            assertEquals(Optional.empty(), one.replace(name, tag, bytes("too late")));
            assertArrayEquals(
                    bytes("changed"), one.get(name, 0, 7).orElseThrow().bytes());
            one.copy(name, "copy of " + name, "b2.a-_");
            assertEquals(Optional.of("b2.a-_"), other.owner("copy of " + name));
            assertArrayEquals(
                    bytes("changed " + name),
                    other.get("copy of " + name).orElseThrow().bytes());
        }
        List<String> listed = new ArrayList<>();
        Listings.forEach(other, ObjectStorage.Range.of("n/"), entry -> listed.add(entry.name()));
        assertEquals(names, listed);
        assertEquals(
                List.of("n//", "n/a/", "n/d/"),
                one.list(new ObjectStorage.Range("n/", "", "/")).folders());
        ObjectStorage.Page rest = one.list(new ObjectStorage.Range("n/", "n/a/\u007F", "/"));
        assertEquals(List.of("n/d/"), rest.folders());
        for (String name : names) {
            other.delete(name);
            assertEquals(Optional.empty(), one.get(name));
            assertEquals(Optional.empty(), one.replace(name, "0", bytes("gone")));
        }
    }

    @Test
    void ofManyWhoMakeOrReplaceAnObjectOneSucceeds() throws IOException {
        try (Together together = new Together()) {
            for (int round = 0; round < 50; round++) {
                String name = "race" + round;
                race(together, name, "make", gateway -> content -> gateway.create(name, content));
                String tag = gateways.get(0).get(name).orElseThrow().tag();
                race(together, name, "replace", gateway -> content -> gateway.replace(name, tag, content));
            }
        }
    }

    /** Half of them are replaced through one gateway while they are removed through the other. */
    @Test
    void objectThatIsReplacedWhileItIsRemovedStays() throws IOException {
        ObjectStorage one = gateways.get(0);
        ObjectStorage other = gateways.get(1);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            names.add("removed" + i);
            one.create(names.get(i), bytes("old " + i));
        }
        ObjectStorage.Content newest = one.get(names.get(names.size() - 1)).orElseThrow();
        awaitLaterThan(newest.modified().plus(ObjectStorage.SETTLED));
        try (Together together = new Together()) {
            for (String name : names) {
                ObjectStorage.Content seen = one.get(name).orElseThrow();
                List<Callable<Optional<String>>> both =
                        List.of(() -> one.replace(name, seen.tag(), bytes("new " + name)), () -> {
                            other.delete(name, seen);
                            return Optional.empty();
                        });
                boolean replaced = together.all(both).get(0).isPresent();
                assertEquals(replaced, one.get(name).isPresent(), name);
                other.delete(name, seen);
                assertEquals(replaced, one.get(name).isPresent(), name);
            }
        }
    }

    /** By the storage's clock. */
    private void awaitLaterThan(Instant time) throws IOException {
        ObjectStorage storage = gateways.get(0);
        do {
            storage.tryWriting("clock");
        } while (!storage.get("clock").orElseThrow().modified().isAfter(time));
    }

    private interface Change {
        Optional<String> with(byte[] content) throws IOException;
    }

    private interface Racer {
        Change through(ObjectStorage gateway);
    }

    /** A gateway that loses such a race may also answer 500, again and again: then nobody knows whether it has. */
    private void race(Together together, String name, String what, Racer racer) throws IOException {
        List<Callable<Optional<String>>> racers = new ArrayList<>();
        AtomicInteger unknown = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            String content = what + i;
            ObjectStorage gateway = gateways.get(i % 2);
            racers.add(() -> {
                try {
                    return racer.through(gateway).with(bytes(content)).map(tag -> content);
                } catch (IOException e) {
                    System.out.println(e.getMessage());
                    unknown.incrementAndGet();
                    return Optional.empty();
                }
            });
        }
        List<String> winners =
                together.all(racers).stream().flatMap(Optional::stream).toList();
        if (unknown.get() == 0 || !winners.isEmpty()) {
            String there = text(gateways.get(1).get(name).orElseThrow().bytes());
            assertEquals(List.of(there), winners);
        }
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
