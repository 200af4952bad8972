package dev.step.s3;

import static dev.step.s3.TwoServers.BLOCK;
import static dev.step.s3.TwoServers.KEY;
import static dev.step.s3.TwoServers.content;
import static dev.step.s3.TwoServers.md5;
import static dev.step.s3.TwoServers.plain;
import static dev.step.s3.TwoServers.put;
import static dev.step.s3.TwoServers.read;
import static dev.step.s3.TwoServers.refused;
import static dev.step.s3.TwoServers.spec;
import static dev.step.s3.TwoServers.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.message.ListQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** Uploads that two servers share. */
@Timeout(120)
final class SharedUploadTest {
    @RegisterExtension
    private final TwoServers servers = TwoServers.start();

    @Test
    void blocksOfOneUploadMayComeToAllServersInAnyOrder() throws Exception {
        byte[] content = content(40 * BLOCK + 3, 1);
        Upload first = servers.one().begin(spec(content));
        Upload second = servers.other().begin(spec(content));
        assertEquals(first.id(), second.id());
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i <= 40; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(2));
        Optional<StoredFile> file = Optional.empty();
        for (int i : order) {
            assertTrue(file.isEmpty());
            file = write(i % 3 == 0 ? first : second, content, i);
        }
        assertEquals(List.of(md5(content)), file.orElseThrow().digests());
        assertArrayEquals(content, read(servers.one(), KEY));
    }

    @Test
    void whoWritesTheLastBlockAtTheSameTimePublishesOnce() throws Exception {
        Together together = new Together();
        for (int round = 0; round < 20; round++) {
            Key key = new Key("race " + round);
            byte[] content = content(8 * BLOCK, round);
            UploadSpec spec = spec(key, content, false, false);
            List<Upload> views =
                    List.of(servers.one().begin(spec), servers.other().begin(spec));
            List<Callable<Optional<StoredFile>>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int index = i;
                writers.add(() -> {
                    try {
                        return write(views.get(index % 2), content, index);
                    } catch (RefusedException e) {
                        assertEquals(Status.EXISTS, e.status()); // complete by now, this block included
                        return Optional.empty();
                    }
                });
            }
            long publishers =
                    together.all(writers).stream().flatMap(Optional::stream).count();
            assertTrue(publishers <= 1, () -> publishers + " have published");
            assertArrayEquals(content, read(servers.other(), key));
        }
        together.close();
    }

    @Test
    void blocksThatComeWhileASegmentIsWrittenShareTheNextOne() throws Exception {
        byte[] content = content(9 * BLOCK, 20);
        Upload upload = servers.one().begin(spec(content));
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        servers.s3().fail(request -> {
            if (request.verb().equals("PUT") && request.name().contains("content/") && arrived.getCount() > 0) {
                arrived.countDown();
                await(released);
            }
            return Optional.empty();
        });
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            int index = i;
            Thread sender = new Thread(() -> assertDoesNotThrow(() -> write(upload, content, index)));
            senders.add(sender);
            sender.start();
            if (i == 0) {
                await(arrived);
            }
        }
        for (Thread sender : senders.subList(1, 9)) {
            while (sender.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        released.countDown();
        for (Thread sender : senders) {
            sender.join();
        }
        assertEquals(2, servers.s3().names("content/").size());
        assertArrayEquals(content, read(servers.other(), KEY));
    }

    private static void await(CountDownLatch latch) {
        assertDoesNotThrow((Executable) latch::await);
    }

    @Test
    void deathOfAServerCostsNoBlockThatWasAnswered() throws Exception {
        byte[] content = content(10 * BLOCK, 3);
        Upload upload = servers.one().begin(spec(content));
        for (int i : new int[] {0, 1, 2, 7}) {
            write(upload, content, i);
        }
        Upload resumed = servers.other().begin(spec(content));
        assertEquals(
                List.of(new BlockRanges.Range(3, 6), new BlockRanges.Range(8, 9)),
                resumed.missing().ranges());
        assertEquals(
                4 * BLOCK,
                servers.other().uploads(ListQuery.ALL).uploads().get(0).received());
        Optional<StoredFile> file = Optional.empty();
        for (int i : new int[] {3, 4, 5, 6, 8, 9}) {
            file = write(resumed, content, i);
        }
        assertTrue(file.isPresent());
        assertArrayEquals(content, read(servers.other(), KEY));
    }

    @Test
    void laterSaveTakesThePlaceOfTheEarlierOneOnEveryServer() throws Exception {
        byte[] content = content(3 * BLOCK, 4);
        Upload early = servers.one().begin(plain(content));
        write(early, content, 0);
        Upload late = servers.other().begin(plain(content));
        refused(Status.NOT_ALLOWED, () -> write(early, content, 1));
        refused(Status.NOT_ALLOWED, () -> servers.one().upload(KEY, Optional.of(early.id())));
        assertEquals(late.id(), servers.one().upload(KEY, Optional.empty()).id());
        put(servers.one().upload(KEY, Optional.empty()), content);
        refused(Status.EXISTS, () -> write(late, content, 0));
        refused(Status.EXISTS, () -> servers.other().upload(KEY, Optional.of(late.id())));
        refused(Status.EXISTS, () -> servers.one().begin(plain(content)));
    }

    @Test
    void blockThatIsSentAgainWithOtherContentCounts() throws Exception {
        byte[] content = content(3 * BLOCK, 8);
        byte[] wrong = content(3 * BLOCK, 9);
        Upload upload = servers.one().begin(plain(content));
        write(upload, wrong, 0);
        write(upload, content, 1);
        write(upload, content, 0);
        assertEquals(
                List.of(md5(content)), write(upload, content, 2).orElseThrow().digests());
        assertArrayEquals(content, read(servers.other(), KEY));
    }
}
