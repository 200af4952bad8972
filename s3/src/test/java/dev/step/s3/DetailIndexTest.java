package dev.step.s3;

import static dev.step.s3.TwoServers.USER;
import static dev.step.s3.TwoServers.content;
import static dev.step.s3.TwoServers.putWhole;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.step.daemon.store.StoredFile;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.message.FileDetail;
import dev.step.protocol.message.ListQuery;
import dev.step.s3.StandInS3.Failure;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That listings with details and counts read the index instead of the files' objects, and never believe it too much. */
@Timeout(120)
final class DetailIndexTest {
    private static final int MANY = 100;
    private static final ListQuery DETAILS = new ListQuery("", Optional.empty(), Optional.empty(), 1_000, true);

    @RegisterExtension
    private final TwoServers servers = TwoServers.start();

    private static Key key(int number) {
        return new Key(String.format("f/%03d", number));
    }

    private void putMany() throws Exception {
        for (int i = 0; i < MANY; i++) {
            putWhole(servers.one(), key(i), content(i, i));
        }
    }

    /** What a server that has just been started says of all files. */
    private List<FileDetail> listedByANewServer() throws IOException {
        try (S3Store fresh = servers.open()) {
            servers.s3().takeCounts();
            return fresh.files(USER).list(DETAILS).details().orElseThrow();
        }
    }

    private void assertSizes(List<FileDetail> details) {
        assertEquals(MANY, details.size());
        for (int i = 0; i < MANY; i++) {
            assertEquals(key(i), details.get(i).key());
            assertEquals(i, details.get(i).size());
            assertEquals(List.of(TwoServers.md5(content(i, i))), details.get(i).digests());
        }
    }

    @Test
    void firstServerThatReadsTheFilesReadsThemForAll() throws Exception {
        putMany();
        servers.s3().takeCounts();
        assertSizes(servers.one().list(DETAILS).details().orElseThrow());
        assertEquals(Map.of("LIST", 1), servers.s3().takeCounts(), "who has published them knows them");
        List<FileDetail> first = listedByANewServer();
        assertEquals(Map.of("LIST", 2, "GET", MANY, "PUT", 1), servers.s3().takeCounts());
        List<FileDetail> second = listedByANewServer();
        assertEquals(Map.of("LIST", 2, "GET", 1), servers.s3().takeCounts());
        assertEquals(first, second);
        assertSizes(second);
    }

    @Test
    void fileThatHasChangedSinceIsReadAgain() throws Exception {
        putMany();
        listedByANewServer();
        StoredFile file = servers.one().find(key(7));
        servers.one().digest(file, DigestAlgorithm.SHA_256);
        putWhole(servers.one(), key(8), content(800, 8));
        servers.one().delete(key(9));
        List<FileDetail> details = listedByANewServer();
        assertEquals(2, details.get(7).digests().size());
        assertEquals(800, details.get(8).size());
        assertEquals(key(10), details.get(9).key());
    }

    @Test
    void damagedPageIsWrittenAnew() throws Exception {
        putMany();
        listedByANewServer();
        String page = servers.s3().names("index/").get(0);
        try (ObjectStorage storage = servers.s3().storage()) {
            storage.replace(page, storage.get(page).orElseThrow().tag(), new byte[] {'x', '\n', 'y'});
        }
        assertSizes(listedByANewServer());
        assertSizes(listedByANewServer());
        assertEquals(1, servers.s3().takeCounts().get("GET"));
    }

    @Test
    void listingSucceedsWhereTheIndexCannotBeWritten() throws Exception {
        putMany();
        servers.s3()
                .fail(request -> request.verb().equals("PUT") && request.name().contains("/index/")
                        ? Optional.of(Failure.FULL)
                        : Optional.empty());
        assertSizes(listedByANewServer());
        assertEquals(List.of(), servers.s3().names("index/"));
    }

    @Test
    void storeThatIsCopiedFromIsNotWrittenTo() throws Exception {
        putMany();
        try (S3Source source = S3Source.open(servers.s3().storage())) {
            List<FileDetail> seen = new ArrayList<>();
            source.forEachFile(USER, (file, content) -> seen.add(file));
            assertSizes(seen);
        }
        assertEquals(List.of(), servers.s3().names("index/"));
    }

    @Test
    void pagesAreDividedAndForgetWhatIsGone() throws Exception {
        try (ObjectStorage storage = servers.s3().storage()) {
            ObjectNames names = new ObjectNames(USER);
            Map<String, KnownFiles.Tagged> all = new TreeMap<>();
            for (int i = 0; i < 3 * DetailIndex.MOST_FILES / 2; i++) {
                Key key = new Key(String.format("%06d", i));
                String tag = storage.create(names.file(key), ("file " + i).getBytes())
                        .orElseThrow();
                all.put(names.file(key), new KnownFiles.Tagged(tag, detail(key, i)));
            }
            Map<String, KnownFiles.Tagged> gone = new HashMap<>(all);
            gone.put(names.file(new Key("000000x")), new KnownFiles.Tagged("t", detail(new Key("000000x"), 1)));
            new DetailIndex(names, storage).remember(gone);
            assertEquals(3, servers.s3().names("index/").size());
            List<ObjectStorage.Entry> listed = Listings.all(storage, ObjectStorage.Range.of(names.files()));
            assertEquals(all, new TreeMap<>(new DetailIndex(names, storage).recall(listed)));
            ObjectStorage.Entry absent = new ObjectStorage.Entry(
                    names.file(new Key("000000x")), "t", 1, listed.get(0).modified());
            assertEquals(Map.of(), new DetailIndex(names, storage).recall(List.of(absent)));
        }
    }

    private static FileDetail detail(Key key, int size) {
        return new FileDetail(key, size, Instant.ofEpochMilli(size), List.of());
    }
}
