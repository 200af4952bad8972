package dev.step.s3;

import static dev.step.s3.TwoServers.BLOCK;
import static dev.step.s3.TwoServers.EXPIRY;
import static dev.step.s3.TwoServers.KEY;
import static dev.step.s3.TwoServers.USER;
import static dev.step.s3.TwoServers.content;
import static dev.step.s3.TwoServers.md5;
import static dev.step.s3.TwoServers.put;
import static dev.step.s3.TwoServers.read;
import static dev.step.s3.TwoServers.refused;
import static dev.step.s3.TwoServers.spec;
import static dev.step.s3.TwoServers.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.Status;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.MoveFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What two servers' stores over one bucket show each other. */
@Timeout(120)
final class S3StoreTest {
    @RegisterExtension
    private final TwoServers servers = TwoServers.start();

    @Test
    void filesOfAnySizeAreThereForEveryServer() throws Exception {
        for (int size : new int[] {0, 1, BLOCK, BLOCK + 1, 30 * BLOCK + 7}) {
            Key key = new Key("size " + size);
            byte[] content = content(size, size);
            StoredFile file = put(servers.one(), spec(key, content, false, false), content);
            assertEquals(List.of(md5(content)), file.digests());
            assertEquals(file, servers.other().find(key));
            assertArrayEquals(content, read(servers.other(), key));
        }
        assertEquals(List.of(), servers.s3().names("uploads/"));
    }

    @Test
    void deletingRemovesTheFileAndTheUploadOfItsKey() throws Exception {
        byte[] content = content(3 * BLOCK, 15);
        put(servers.one(), spec(content), content);
        Upload replacement = servers.other().begin(spec(KEY, content, true, false));
        servers.one().delete(KEY);
        refused(Status.NOT_FOUND, () -> servers.other().find(KEY));
        refused(Status.NOT_ALLOWED, () -> write(replacement, content, 0));
        refused(Status.NOT_FOUND, () -> servers.one().delete(KEY));
        servers.one().begin(spec(content));
        refused(Status.NOT_FOUND, () -> servers.other().delete(KEY));
        assertEquals(Optional.empty(), servers.one().unfinished(KEY));
    }

    @Test
    void garbageGoesAfterItsGraceAndNothingElseDoes() throws Exception {
        byte[] content = content(3 * BLOCK, 16);
        StoredFile old = put(servers.one(), spec(content), content);
        put(servers.other(), spec(KEY, content, true, false), content);
        Upload discarded = servers.one().begin(spec(new Key("d"), content, false, false));
        write(discarded, content, 0);
        servers.one().discard(new Key("d"));
        Upload unfinished = servers.one().begin(spec(new Key("u"), content, false, false));
        write(unfinished, content, 0);
        servers.oneStore().takeCare();
        assertTrue(servers.s3().names("content/" + old.version()).size() > 0);
        servers.pass(Garbage.GRACE.plusSeconds(1));
        servers.otherStore().takeCare();
        assertEquals(List.of(), servers.s3().names("content/" + old.version()));
        assertEquals(List.of(), servers.s3().names("content/" + discarded.id()));
        assertEquals(List.of(), servers.s3().names("garbage/"));
        assertEquals(1, servers.s3().names("content/" + unfinished.id()).size());
        assertArrayEquals(content, read(servers.other(), KEY));
        servers.pass(EXPIRY);
        servers.otherStore().takeCare();
        assertEquals(Optional.empty(), servers.one().unfinished(new Key("u")));
    }

    @Test
    void nothingIsLeftOfTheNamesOfDeletedFiles() throws Exception {
        byte[] content = content(3 * BLOCK, 16);
        put(servers.one(), spec(content), content);
        TwoServers.putWhole(servers.one(), new Key("whole"), content);
        servers.one().delete(KEY);
        servers.other().move(new MoveFile(new Key("whole"), new Key("moved"), false, false));
        assertEquals(
                List.of(new Key("moved")), servers.other().list(ListQuery.ALL).keys());
        assertEquals(3, servers.s3().names("files/").size());
        servers.pass(Garbage.GRACE.plusSeconds(1));
        servers.oneStore().takeCare();
        assertEquals(1, servers.s3().names("files/").size());
        assertArrayEquals(content, read(servers.other(), new Key("moved")));
    }

    @Test
    void fileIsCopiedAndMoved() throws Exception {
        byte[] content = content(3 * BLOCK, 17);
        put(servers.one(), spec(content), content);
        Key copy = new Key("copy");
        Key moved = new Key("moved");
        servers.one().move(new MoveFile(KEY, copy, false, true));
        servers.other().move(new MoveFile(KEY, moved, false, false));
        refused(Status.NOT_FOUND, () -> servers.one().find(KEY));
        refused(Status.EXISTS, () -> servers.one().move(new MoveFile(copy, moved, false, false)));
        servers.one().delete(copy);
        servers.pass(Garbage.GRACE.plusSeconds(1));
        servers.oneStore().takeCare();
        assertArrayEquals(content, read(servers.one(), moved));
    }

    @Test
    void otherDigestIsComputedOnceAndKept() throws Exception {
        byte[] content = content(3 * BLOCK, 18);
        StoredFile file = put(servers.one(), spec(content), content);
        Digest sha = servers.one().digest(file, DigestAlgorithm.SHA_256);
        assertEquals(SharedView.digest(content, DigestAlgorithm.SHA_256), sha);
        assertEquals(2, servers.other().find(KEY).digests().size());
        assertEquals(md5(content), servers.other().reread(file, DigestAlgorithm.MD5));
    }

    @Test
    void valuesAreSharedToo() throws Exception {
        JsonObject value = new JsonObject();
        value.addProperty("é", 1.50);
        servers.oneStore().data(USER).save(KEY, value);
        assertEquals(value, servers.otherStore().data(USER).get(KEY));
        refused(Status.EXISTS, () -> servers.otherStore().data(USER).save(KEY, value));
        assertEquals(
                List.of(KEY),
                servers.otherStore().data(USER).list(ListQuery.ALL).keys());
        servers.otherStore().data(USER).delete(KEY);
        refused(Status.NOT_FOUND, () -> servers.oneStore().data(USER).get(KEY));
        refused(Status.NOT_FOUND, () -> servers.oneStore().data(USER).delete(KEY));
    }

    @Test
    void storeOfAnotherVersionIsRefused() throws Exception {
        try (StandInS3 empty = new StandInS3()) {
            try (ObjectStorage storage = empty.storage()) {
                storage.create("format", "step-store-s3 2\n".getBytes());
            }
            IOException e = assertThrows(IOException.class, () -> S3Store.open(empty.storage(), EXPIRY, Instant::now));
            assertTrue(e.getMessage().contains("another version"), e.getMessage());
        }
    }
}
