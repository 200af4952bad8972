package dev.step.s3;

import static dev.step.s3.TwoServers.BLOCK;
import static dev.step.s3.TwoServers.KEY;
import static dev.step.s3.TwoServers.USER;
import static dev.step.s3.TwoServers.content;
import static dev.step.s3.TwoServers.put;
import static dev.step.s3.TwoServers.putWhole;
import static dev.step.s3.TwoServers.read;
import static dev.step.s3.TwoServers.refused;
import static dev.step.s3.TwoServers.spec;
import static dev.step.s3.TwoServers.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.journal.UploadId;
import dev.step.daemon.store.Upload;
import dev.step.protocol.Key;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.MoveFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left behind without a name goes, and nothing else does. */
@Timeout(120)
final class SweepTest {
    private static final byte[] CONTENT = content(3 * BLOCK, 1);

    @RegisterExtension
    private final TwoServers servers = TwoServers.start();

    /** A segment that a server has written long after its upload was discarded and collected. */
    private UploadId orphan(long seed) throws IOException {
        return orphan(seed, KEY);
    }

    private UploadId orphan(long seed, Key key) throws IOException {
        return orphan(UploadId.random(new Random(seed)), seed, key);
    }

    private UploadId orphan(UploadId id, long seed, Key key) throws IOException {
        try (ObjectStorage storage = servers.s3().storage()) {
            storage.create(
                    new SegmentName("w", seed, List.of(new SegmentName.Range(0, 1))).in(id),
                    new byte[] {(byte) seed},
                    new ContentOwner(USER, key, id).note());
        }
        return id;
    }

    private List<String> segments(UploadId id) {
        return servers.s3().names(ObjectNames.content(id));
    }

    /** One step, and what comes of it. */
    private void sweepAndCollect() {
        servers.oneStore().takeCare();
        servers.pass(Garbage.GRACE.plusSeconds(1));
        servers.otherStore().takeCare();
    }

    @Test
    void orphanGoesWhenItIsOldEnoughAndWasLookedAtTwice() throws Exception {
        UploadId orphan = orphan(1);
        sweepAndCollect();
        assertEquals(List.of(), servers.s3().names("garbage/"), "what is young may yet get a name");
        servers.pass(Sweep.OLD.minus(Garbage.GRACE).minusSeconds(2));
        servers.oneStore().takeCare(); // the next pass is not due, nor is the orphan old
        servers.pass(SweepProgress.EVERY);
        servers.oneStore().takeCare();
        assertEquals(1, segments(orphan).size());
        assertEquals(1, servers.s3().names("garbage/").size());
        servers.pass(Garbage.GRACE.plusSeconds(1));
        servers.otherStore().takeCare();
        assertEquals(List.of(), segments(orphan));
        assertEquals(List.of(), servers.s3().names("garbage/"));
    }

    @Test
    void filesUploadsCopiesAndForeignObjectsStay() throws Exception {
        put(servers.one(), spec(KEY, CONTENT, false, false), CONTENT);
        Key copy = new Key("copy");
        servers.one().move(new MoveFile(KEY, copy, false, true));
        Key going = new Key("goes on");
        Upload upload = servers.one().begin(spec(going, CONTENT, false, false));
        write(upload, CONTENT, 0);
        try (ObjectStorage storage = servers.s3().storage()) {
            storage.create("content/readme", new byte[1]);
            storage.create("content/0123/w/1-0", new byte[2]);
            storage.create(segment("w", 7), new byte[3]); // as before owners were noted
        }
        orphan(2);
        servers.pass(Sweep.OLD.plusSeconds(1));
        sweepAndCollect();
        assertArrayEquals(CONTENT, read(servers.other(), KEY));
        assertArrayEquals(CONTENT, read(servers.other(), copy));
        write(upload, CONTENT, 1);
        write(upload, CONTENT, 2);
        assertArrayEquals(CONTENT, read(servers.other(), going));
        assertTrue(servers.s3().names("content/").containsAll(List.of("content/readme", "content/0123/w/1-0")));
        assertEquals(1, servers.s3().names(segment("w", 7)).size());
    }

    @Test
    void whatIsDamagedStaysAndHoldsNothingElseUp() throws Exception {
        put(servers.one(), spec(KEY, CONTENT, false, false), CONTENT);
        UploadId content = UploadId.parse(servers.one().find(KEY).version()).orElseThrow();
        String file = new ObjectNames(USER).file(KEY);
        List<String> before = segments(content);
        String ticket = "garbage/000000000000000-x";
        String upload = new ObjectNames(USER).uploads(new Key("never")) + "x";
        byte[] noise = {1, 2, 3};
        try (ObjectStorage storage = servers.s3().storage()) {
            storage.delete(file);
            for (String name : List.of(file, ticket, upload, "sweep")) {
                storage.create(name, noise);
            }
        }
        UploadId first = orphan(UploadId.parse("0".repeat(32)).orElseThrow(), 4, new Key("another"));
        UploadId last = orphan(UploadId.parse("f".repeat(32)).orElseThrow(), 5, new Key("another"));
        servers.pass(Sweep.OLD.plusSeconds(1));
        sweepAndCollect();
        assertEquals(List.of(), segments(first));
        assertEquals(List.of(), segments(last));
        assertEquals(before, segments(content));
        assertEquals(List.of(ticket), servers.s3().names("garbage/"));
        assertEquals(List.of(upload), servers.s3().names("uploads/"));
        put(servers.one(), spec(new Key("more"), CONTENT, false, false), CONTENT);
        ListQuery all = new ListQuery("", Optional.empty(), Optional.empty(), 10, true);
        assertEquals(1, servers.one().list(all).details().orElseThrow().size());
        assertEquals(0, servers.one().pendingBytes());
        Key cutOff = new Key("k".repeat(1_000)); // which only the object itself says
        servers.oneStore().data(USER).save(KEY, new JsonObject());
        try (ObjectStorage storage = servers.s3().storage()) {
            storage.create(new ObjectNames(USER).file(cutOff), noise);
            storage.create(new ObjectNames(USER).value(cutOff), noise);
        }
        assertEquals(2, servers.one().list(ListQuery.ALL).keys().size());
        assertEquals(
                List.of(KEY), servers.oneStore().data(USER).list(ListQuery.ALL).keys());
    }

    private static String segment(String writer, long seed) {
        return new SegmentName(writer, seed, List.of(new SegmentName.Range(0, 1)))
                .in(UploadId.random(new Random(seed)));
    }

    /** As a server of an earlier version copies them: with the notes of the originals. */
    @Test
    void contentThatWasCopiedWithTheNoteOfAnotherStays() throws Exception {
        put(servers.one(), spec(KEY, CONTENT, false, false), CONTENT);
        servers.one().move(new MoveFile(KEY, new Key("copy"), false, true));
        try (ObjectStorage storage = servers.s3().storage()) {
            String original = ObjectNames.content(
                    UploadId.parse(servers.one().find(KEY).version()).orElseThrow());
            String copy = ObjectNames.content(
                    UploadId.parse(servers.one().find(new Key("copy")).version())
                            .orElseThrow());
            for (String segment : servers.s3().names(original)) {
                String note = storage.owner(segment).orElseThrow();
                storage.copy(segment, copy + segment.substring(original.length()), note);
            }
        }
        servers.one().delete(KEY);
        servers.pass(Sweep.OLD.plusSeconds(1));
        sweepAndCollect();
        assertArrayEquals(CONTENT, read(servers.other(), new Key("copy")));
    }

    /** The ticket is written too early: when it is taken, the old content still has the name. */
    @Test
    void contentOfAFileThatIsReplacedLongAfterItWasToBeGoesInTheEnd() throws Exception {
        put(servers.one(), spec(KEY, CONTENT, false, false), CONTENT);
        byte[] fresh = content(100, 2);
        AtomicBoolean stopped = new AtomicBoolean();
        String file = new ObjectNames(USER).file(KEY);
        servers.s3().fail(request -> {
            boolean isReplacement =
                    request.verb().equals("PUT") && request.name().endsWith(file) && hasTicket();
            if (isReplacement && stopped.compareAndSet(false, true)) {
                servers.pass(Garbage.GRACE.plusSeconds(1));
                servers.otherStore().takeCare();
            }
            return Optional.empty();
        });
        putWhole(servers.one(), KEY, fresh);
        servers.s3().failNothing();
        assertTrue(stopped.get());
        servers.pass(Garbage.GRACE.plusSeconds(1));
        servers.oneStore().takeCare();
        assertEquals(3, contents(), "nobody knows of the old one");
        servers.pass(SweepProgress.EVERY.plus(Sweep.OLD));
        sweepAndCollect();
        assertEquals(0, contents());
        assertArrayEquals(fresh, read(servers.other(), KEY));
    }

    private boolean hasTicket() {
        return !servers.s3().names("garbage/").isEmpty();
    }

    private int contents() {
        return servers.s3().names("content/").size();
    }

    @Test
    void copyThatTakesTooLongIsGivenUp() throws Exception {
        put(servers.one(), spec(KEY, CONTENT, false, false), CONTENT);
        Key to = new Key("to");
        servers.s3().fail(request -> {
            if (request.verb().equals("PUT") && request.name().contains("/content/")) {
                servers.pass(FileCopy.MOST.dividedBy(2));
            }
            return Optional.empty();
        });
        IOException e = assertThrows(IOException.class, () -> servers.one().move(new MoveFile(KEY, to, false, false)));
        assertTrue(e.getMessage().contains("50 minutes"), e.getMessage());
        servers.s3().failNothing();
        refused(Status.NOT_FOUND, () -> servers.other().find(to));
        assertArrayEquals(CONTENT, read(servers.other(), KEY));
    }

    @Test
    void stepsAreSharedByAllServersAndGoOnWhereOneHasDied() throws Exception {
        servers.s3().pageSize(2);
        for (int i = 0; i < 25; i++) {
            orphan(i);
        }
        servers.pass(Sweep.OLD.plusSeconds(1));
        servers.oneStore().takeCare();
        assertEquals(10, servers.s3().names("garbage/").size());
        servers.otherStore().takeCare(); // too early
        assertEquals(10, servers.s3().names("garbage/").size());
        servers.pass(SweepProgress.PAUSE);
        servers.s3()
                .fail(request ->
                        request.verb().equals("HEAD") ? Optional.of(StandInS3.Failure.STATUS_500) : Optional.empty());
        servers.otherStore().takeCare(); // takes the step, and dies of it
        servers.s3().failNothing();
        servers.oneStore().takeCare();
        assertEquals(10, servers.s3().names("garbage/").size());
        servers.pass(SweepProgress.PAUSE);
        servers.oneStore().takeCare();
        assertEquals(20, servers.s3().names("garbage/").size());
        servers.pass(SweepProgress.PAUSE);
        servers.otherStore().takeCare();
        assertEquals(25, servers.s3().names("garbage/").size());
        servers.pass(SweepProgress.PAUSE);
        servers.s3().takeCounts();
        servers.oneStore().takeCare();
        assertEquals(Map.of("LIST", 2, "GET", 1), servers.s3().takeCounts(), "uploads and tickets; how far it is");
    }

    @Test
    void ownerIsReadAsItWasNoted() {
        UploadId id = UploadId.random(new Random(1));
        for (ContentOwner owner : List.of(
                new ContentOwner(USER, KEY, id),
                new ContentOwner(new UserName(""), new Key("é".repeat(512)), id),
                new ContentOwner(new UserName("a.b"), new Key("a.b"), id))) {
            assertEquals(Optional.of(owner), ContentOwner.parse(owner.note(), id));
            assertEquals(Optional.empty(), ContentOwner.parse(owner.note(), UploadId.random(new Random(2))));
            assertTrue(owner.note().matches("[A-Za-z0-9_.-]{1,2000}"), owner.note());
        }
        assertEquals(Optional.empty(), ContentOwner.parse("x", id));
        assertEquals(Optional.empty(), ContentOwner.parse("x.%." + id, id));
    }
}
