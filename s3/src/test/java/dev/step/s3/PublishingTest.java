package dev.step.s3;

import static dev.step.s3.TwoServers.BLOCK;
import static dev.step.s3.TwoServers.KEY;
import static dev.step.s3.TwoServers.USER;
import static dev.step.s3.TwoServers.block;
import static dev.step.s3.TwoServers.content;
import static dev.step.s3.TwoServers.md5;
import static dev.step.s3.TwoServers.put;
import static dev.step.s3.TwoServers.read;
import static dev.step.s3.TwoServers.refused;
import static dev.step.s3.TwoServers.spec;
import static dev.step.s3.TwoServers.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How uploads become files, and what stops on the way to that. */
@Timeout(120)
final class PublishingTest {
    @RegisterExtension
    private final TwoServers servers = TwoServers.start();

    @Test
    void nothingIsPublishedBeforeTheDigestIsNamedWhereverItIsNamed() throws Exception {
        byte[] content = content(4 * BLOCK, 5);
        UploadSpec spec = spec(KEY, content, false, true);
        Upload first = servers.one().begin(spec);
        Upload second = servers.other().begin(spec);
        for (int i = 0; i < 3; i++) {
            write(first, content, i);
        }
        assertTrue(first.write(block(content, 2), Optional.of(md5(content))).isEmpty());
        assertTrue(write(second, content, 3).isPresent());
        assertArrayEquals(content, read(servers.one(), KEY));
    }

    @Test
    void repeatedBlockWithTheDigestCompletes() throws Exception {
        byte[] content = content(2 * BLOCK, 6);
        Upload upload = servers.one().begin(spec(KEY, content, false, true));
        put(upload, content);
        refused(Status.NOT_FOUND, () -> servers.other().find(KEY));
        Upload second = servers.other().begin(spec(KEY, content, false, true));
        assertTrue(second.write(block(content, 1), Optional.of(SharedView.digest(content, DigestAlgorithm.SHA_256)))
                .isPresent());
    }

    @Test
    void otherContentThanWasExpectedIsDiscarded() throws Exception {
        byte[] content = content(2 * BLOCK, 7);
        Upload upload = servers.one().begin(spec(KEY, content, false, true));
        write(upload, content, 0);
        refused(Status.CONTENT_DIFFERS, () -> upload.write(block(content, 1), Optional.of(md5(content(3, 3)))));
        refused(Status.NOT_FOUND, () -> servers.other().find(KEY));
        refused(Status.NOT_ALLOWED, () -> servers.other().upload(KEY, Optional.of(upload.id())));
        assertEquals(List.of(), servers.s3().names("uploads/"));
    }

    @Test
    void replacementTakesTheOldOnesPlaceInOneStep() throws Exception {
        byte[] old = content(3 * BLOCK, 10);
        byte[] fresh = content(5 * BLOCK, 11);
        put(servers.one(), spec(old), old);
        refused(Status.EXISTS, () -> servers.other().begin(spec(fresh)));
        Upload upload = servers.other().begin(spec(KEY, fresh, true, false));
        try (OpenFile open = servers.one().open(KEY)) {
            for (int i = 0; i < 4; i++) {
                write(upload, fresh, i);
                assertArrayEquals(old, read(servers.one(), KEY));
            }
            write(upload, fresh, 4);
            ByteBuffer target = ByteBuffer.allocate(old.length);
            open.read(0, target);
            assertArrayEquals(old, target.array());
        }
        assertArrayEquals(fresh, read(servers.one(), KEY));
    }

    /** The server dies between any two of its requests: another one finishes, or the client sends the last block again. */
    @Test
    void uploadThatIsCutOffBetweenAnyTwoRequestsOfItsEndIsFinishedByAnother() throws Exception {
        byte[] content = content(3 * BLOCK, 12);
        for (int survived = 0; survived < 12; survived++) {
            Key key = new Key("cut " + survived);
            UploadSpec spec = spec(key, content, false, true);
            S3Store dying = servers.open();
            Upload upload = dying.files(USER).begin(spec);
            write(upload, content, 0);
            write(upload, content, 1);
            servers.cutAfter(survived);
            boolean published = false;
            try {
                published = upload.write(block(content, 2), Optional.of(md5(content)))
                        .isPresent();
            } catch (IOException expected) {
                // the server is gone
            }
            servers.s3().failNothing();
            dying.close();
            if (!published) {
                finish(key, spec, content);
            }
            assertArrayEquals(content, read(servers.one(), key));
            assertEquals(List.of(), servers.s3().names("uploads/"), "after " + survived);
        }
    }

    private void finish(Key key, UploadSpec spec, byte[] content) throws IOException, RefusedException {
        try {
            Upload resumed = servers.other().begin(spec);
            for (BlockRanges.Range range : resumed.missing().ranges()) {
                for (int i = range.first(); i <= range.last(); i++) {
                    write(resumed, content, i);
                }
            }
            resumed.write(block(content, 2), Optional.of(md5(content)));
        } catch (RefusedException e) {
            assertEquals(Status.EXISTS, e.status()); // it was published after all
        }
    }

    @Test
    void whatFailedCanBeSentAgainToTheSameServer() throws Exception {
        byte[] content = content(3 * BLOCK, 13);
        for (int survived = 0; survived < 10; survived++) {
            Key key = new Key("again " + survived);
            Upload upload = servers.one().begin(spec(key, content, false, false));
            write(upload, content, 0);
            write(upload, content, 1);
            servers.cutAfter(survived);
            Optional<StoredFile> file = Optional.empty();
            try {
                file = write(upload, content, 2);
            } catch (IOException expected) {
                servers.s3().failNothing();
                try {
                    file = write(upload, content, 2);
                } catch (RefusedException complete) {
                    assertEquals(Status.EXISTS, complete.status());
                }
            }
            servers.s3().failNothing();
            assertArrayEquals(content, read(servers.other(), key), "after " + survived);
        }
    }
}
