package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.disk.FragileDisk;
import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.UserFiles;
import dev.step.daemon.store.WholeFile;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.SaveOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;

/** Clients of one user that do this and that with a few keys, by turns, and hold every answer to what it must be. */
final class CrashClients {
    private static final List<String> KEYS = List.of("a", "folder/b", "folder/c");
    private static final int MAX_SIZE = 3_000;
    private static final Digest WRONG = TestStore.md5(new byte[] {1, 2, 3});

    private final Random random;
    private final FragileDisk disk;
    private final List<ExpectedKey> keys;
    /** Uploads of the current process that have ended. */
    private final List<Upload> ended = new ArrayList<>();

    CrashClients(Random random, FragileDisk disk, Durability durability) {
        this.random = random;
        this.disk = disk;
        this.keys = KEYS.stream()
                .map(text -> new ExpectedKey(new Key(text), durability))
                .toList();
    }

    List<ExpectedKey> keys() {
        return keys;
    }

    /** There is another process now. */
    void reconnect() {
        ended.clear();
    }

    /** A process that was stopped meanwhile has not sent its answer. */
    private void awaitAnswer() throws IOException {
        if (disk.isStopped()) {
            throw new IOException("no answer");
        }
    }

    void checkList(UserFiles files) throws IOException {
        List<Key> expected = keys.stream()
                .filter(key -> key.file().isPresent())
                .map(ExpectedKey::key)
                .toList();
        assertEquals(expected, files.list(ListQuery.ALL).keys());
    }

    /** One request of one client. */
    void work(UserFiles files) throws IOException {
        ExpectedKey key = keys.get(random.nextInt(keys.size()));
        int choice = random.nextInt(100);
        if (choice < 3) {
            delete(key, files);
        } else if (choice < 5) {
            arrive(files);
        } else if (choice < 8) {
            discard(key, files);
        } else if (choice < 12) {
            read(key, files);
        } else if (choice < 16) {
            writeStale();
        } else if (choice < 22) {
            resume(key, files);
        } else if (choice < 32 || key.upload().isEmpty()) {
            begin(key, files);
        } else {
            goOn(key, files);
        }
    }

    private void goOn(ExpectedKey key, UserFiles files) throws IOException {
        ExpectedUpload upload = key.upload().orElseThrow();
        if (upload.plan().totalBlocks() == 0) {
            resume(key, files);
        } else {
            write(key, upload, files);
        }
    }

    private void begin(ExpectedKey key, UserFiles files) throws IOException {
        ExpectedUpload upload = newUpload(key.key());
        boolean replace = upload.spec().options().publishing().replace();
        Optional<Upload> previous = files.unfinished(key.key());
        key.asked(ExpectedKey.Doubt.beginning(upload));
        try {
            Upload begun = files.begin(upload.spec());
            awaitAnswer();
            assertTrue(replace || key.file().isEmpty(), () -> "begun although it is there: " + key);
            previous.ifPresent(ended::add);
            begun(key, upload, begun);
        } catch (RefusedException e) {
            awaitAnswer();
            assertTrue(!replace && key.file().isPresent() && e.status() == Status.EXISTS, () -> e + " " + key);
            key.answered();
        }
    }

    private void begun(ExpectedKey key, ExpectedUpload upload, Upload begun) {
        assertEquals(upload.plan(), begun.plan());
        assertEquals(upload.plan().totalBlocks() == 0, begun.published().isPresent());
        key.begun(upload, begun.id());
        if (begun.published().isPresent()) {
            key.completed(upload.content(), begun.id());
            ended.add(begun);
        }
    }

    private ExpectedUpload newUpload(Key key) {
        byte[] content = new byte[random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(MAX_SIZE)];
        random.nextBytes(content);
        BlockPlan plan = new BlockPlan(content.length, 100 + random.nextInt(900));
        SaveOptions options = new SaveOptions(
                OptionalInt.empty(),
                new SaveOptions.Resume(true, Optional.of("fingerprint " + random.nextLong())),
                new SaveOptions.Publishing(
                        random.nextInt(3) > 0, content.length > 0 && random.nextInt(3) == 0, DigestAlgorithm.MD5),
                Optional.empty());
        return new ExpectedUpload(new UploadSpec(key, plan, options), content);
    }

    /** Files of some keys come whole, and are published together. */
    private void arrive(UserFiles files) throws IOException {
        List<ExpectedKey> arriving =
                keys.stream().filter(key -> random.nextBoolean()).toList();
        List<ExpectedKey> taken = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        try (Arrivals arrivals = files.arrivals()) {
            for (ExpectedKey key : arriving) {
                byte[] content = new byte[random.nextInt(MAX_SIZE)];
                random.nextBytes(content);
                if (add(arrivals, key, content)) {
                    taken.add(key);
                    contents.add(content);
                }
            }
            if (random.nextInt(8) == 0) {
                return; // the client is gone, and so are its files
            }
            for (int i = 0; i < taken.size(); i++) {
                files.unfinished(taken.get(i).key()).ifPresent(ended::add);
                taken.get(i).asked(ExpectedKey.Doubt.arriving(contents.get(i)));
            }
            List<Arrivals.Outcome> outcomes = arrivals.publish();
            awaitAnswer();
            for (int i = 0; i < taken.size(); i++) {
                taken.get(i).completed(contents.get(i), outcomes.get(i).get().version());
            }
        } catch (RefusedException e) {
            awaitAnswer();
            throw new AssertionError("not published: " + taken, e);
        }
    }

    private boolean add(Arrivals arrivals, ExpectedKey key, byte[] content) throws IOException {
        boolean replace = random.nextInt(3) > 0;
        boolean wrong = random.nextInt(6) == 0;
        Digest expected = wrong ? WRONG : TestStore.md5(content);
        try {
            arrivals.add(new WholeFile(key.key(), ByteBuffer.wrap(content), expected, Optional.empty(), replace));
            awaitAnswer();
            assertTrue(!wrong && (replace || key.file().isEmpty()), () -> "taken, but wrong or there: " + key);
            return true;
        } catch (RefusedException e) {
            awaitAnswer();
            boolean exists = !replace && key.file().isPresent();
            assertEquals(exists ? Status.EXISTS : Status.CONTENT_DIFFERS, e.status(), () -> e + " " + key);
            assertTrue(exists || wrong, () -> e + " " + key);
            return false;
        }
    }

    private void resume(ExpectedKey key, UserFiles files) throws IOException {
        if (key.upload().isEmpty()) {
            return;
        }
        ExpectedUpload expected = key.upload().get();
        try {
            if (expected.plan().totalBlocks() == 0) {
                key.asked(ExpectedKey.Doubt.beginning(expected));
                Upload begun = files.begin(expected.spec());
                awaitAnswer();
                begun(key, expected, begun);
                return;
            }
            Upload upload = files.begin(expected.spec());
            awaitAnswer();
            assertEquals(expected.acknowledged(), expected.certain(upload.missing()), key::toString);
        } catch (RefusedException e) {
            awaitAnswer();
            throw new AssertionError("not resumed: " + key, e);
        }
    }

    private void write(ExpectedKey key, ExpectedUpload expected, UserFiles files) throws IOException {
        int index = expected.next(random);
        if (expected.acknowledged().get(index) && random.nextInt(3) == 0) {
            expected.change(index, random);
        }
        boolean completes = expected.isCompletedBy(index);
        boolean wrong = completes && expected.isVerified() && random.nextInt(6) == 0;
        Optional<Digest> digest = completes && expected.isVerified()
                ? Optional.of(wrong ? WRONG : TestStore.md5(expected.content()))
                : Optional.empty();
        try {
            Upload upload = files.upload(key.key(), Optional.empty());
            expected.sending(index);
            key.asked(
                    wrong
                            ? ExpectedKey.Doubt.DISCARDING
                            : completes ? ExpectedKey.Doubt.completing(expected, upload.id()) : ExpectedKey.Doubt.NONE);
            Optional<StoredFile> file = write(upload, index, expected, digest, wrong);
            awaitAnswer();
            key.answered();
            expected.acknowledge(index);
            assertEquals(completes && !wrong, file.isPresent(), key::toString);
            if (completes) {
                ended.add(upload);
                key.uploadEnded();
                file.ifPresent(complete -> key.completed(expected.content(), complete.version()));
            }
        } catch (RefusedException e) {
            awaitAnswer();
            throw new AssertionError("not written: " + key, e);
        }
    }

    private static Optional<StoredFile> write(
            Upload upload, int index, ExpectedUpload expected, Optional<Digest> digest, boolean wrong)
            throws IOException, RefusedException {
        if (!wrong) {
            return upload.write(DataBlock.of(index, expected.block(index)), digest);
        }
        try {
            upload.write(DataBlock.of(index, expected.block(index)), digest);
            throw new AssertionError("published with a wrong digest");
        } catch (RefusedException e) {
            assertEquals(Status.CONTENT_DIFFERS, e.status());
            return Optional.empty();
        }
    }

    /** A client that does not know that its upload has ended. */
    private void writeStale() {
        if (!ended.isEmpty()) {
            Upload upload = ended.get(random.nextInt(ended.size()));
            int blocks = upload.plan().totalBlocks();
            if (blocks > 0) {
                int index = random.nextInt(blocks);
                ByteBuffer block = ByteBuffer.allocate(upload.plan().length(index));
                assertThrows(RefusedException.class, () -> upload.write(DataBlock.of(index, block), Optional.empty()));
            }
        }
    }

    private void delete(ExpectedKey key, UserFiles files) throws IOException {
        files.unfinished(key.key()).ifPresent(ended::add);
        key.asked(ExpectedKey.Doubt.DELETING);
        try {
            files.delete(key.key());
            assertTrue(key.file().isPresent(), key::toString);
        } catch (RefusedException e) {
            assertTrue(key.file().isEmpty(), () -> e + " " + key);
        }
        awaitAnswer();
        key.deleted();
    }

    private void discard(ExpectedKey key, UserFiles files) throws IOException {
        files.unfinished(key.key()).ifPresent(ended::add);
        key.asked(ExpectedKey.Doubt.DISCARDING);
        try {
            files.discard(key.key());
            assertTrue(key.upload().isPresent(), key::toString);
        } catch (RefusedException e) {
            assertTrue(key.upload().isEmpty(), () -> e + " " + key);
        }
        awaitAnswer();
        key.uploadEnded();
    }

    private void read(ExpectedKey key, UserFiles files) throws IOException {
        if (key.file().isEmpty()) {
            return;
        }
        byte[] content = key.file().get().content();
        assertArrayEquals(content, key.read(files), key::toString);
        try {
            Digest digest = files.digest(files.find(key.key()), DigestAlgorithm.SHA_256);
            assertEquals(Digest.of(DigestAlgorithm.SHA_256, started(content)), digest);
        } catch (RefusedException e) {
            throw new AssertionError("not read: " + key, e);
        }
    }

    private static java.security.MessageDigest started(byte[] content) {
        java.security.MessageDigest computation = DigestAlgorithm.SHA_256.start();
        computation.update(content);
        return computation;
    }

    /** Everything that is unfinished is completed. */
    void finish(UserFiles files) throws IOException {
        for (ExpectedKey key : keys) {
            while (key.upload().isPresent()) {
                goOn(key, files);
            }
        }
        assertEquals(
                0,
                Stream.of(files.uploads(ListQuery.ALL))
                        .mapToInt(list -> list.uploads().size())
                        .sum());
    }
}
