package dev.step.daemon.store.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.Receipt;
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

/**
 * Clients of one user that do this and that with a few keys, by turns, and hold every answer to what it must be. An
 * {@link IOException} is no answer: then {@link #check} finds out what has come of the request.
 */
public final class CrashClients {
    private static final List<String> KEYS = List.of("a", "folder/b", "folder/c");
    private static final Digest WRONG = md5(new byte[] {1, 2, 3});

    private final Random random;
    private final MortalStore store;
    private final int maxSize;
    private final List<ExpectedKey> keys;
    /** Uploads of the current process that have ended. */
    private final List<Upload> ended = new ArrayList<>();

    /**
     * @param maxSize of a file that comes in blocks, in bytes
     * @param powerCutLosesBlocks whether blocks of an unfinished upload need not survive a power cut
     */
    public CrashClients(Random random, MortalStore store, int maxSize, boolean powerCutLosesBlocks) {
        this.random = random;
        this.store = store;
        this.maxSize = maxSize;
        this.keys = KEYS.stream()
                .map(text -> new ExpectedKey(new Key(text), powerCutLosesBlocks))
                .toList();
    }

    private static Digest md5(byte[] content) {
        return ExpectedUpload.digest(content, DigestAlgorithm.MD5);
    }

    /** The power was cut. */
    public void powerWasCut() {
        keys.forEach(ExpectedKey::powerWasCut);
    }

    /** Holds the store, of which a process may have died, to what was answered; what was in doubt is known then. */
    public void check() throws IOException {
        ended.clear();
        for (ExpectedKey key : keys) {
            key.check(store);
        }
        List<Key> expected = keys.stream()
                .filter(key -> key.file().isPresent())
                .map(ExpectedKey::key)
                .toList();
        assertEquals(expected, store.files().list(ListQuery.ALL).keys());
    }

    /** One request of one client. */
    public void work() throws IOException {
        UserFiles files = store.files();
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
            store.awaitAnswer();
            assertTrue(replace || key.file().isEmpty(), () -> "begun although it is there: " + key);
            previous.ifPresent(ended::add);
            begun(key, upload, begun);
        } catch (RefusedException e) {
            store.awaitAnswer();
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
        byte[] content = new byte[random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(maxSize)];
        random.nextBytes(content);
        BlockPlan plan = new BlockPlan(content.length, maxSize / 32 + random.nextInt(maxSize / 4 - maxSize / 32));
        SaveOptions options = new SaveOptions(
                OptionalInt.empty(),
                new SaveOptions.Resume(true, Optional.of("fingerprint " + random.nextLong())),
                new SaveOptions.Publishing(
                        random.nextInt(3) > 0, content.length > 0 && random.nextInt(3) == 0, DigestAlgorithm.MD5),
                Optional.empty());
        return new ExpectedUpload(new UploadSpec(key, plan, options), content);
    }

    /** A file that comes whole, and why it is to be refused, if it is. */
    private record Arriving(ExpectedKey key, byte[] content, boolean replace, boolean wrong) {
        WholeFile file() {
            Digest expected = wrong ? WRONG : md5(content);
            return new WholeFile(key.key(), ByteBuffer.wrap(content), expected, Optional.empty(), replace);
        }

        boolean isTaken() {
            return !wrong && !exists();
        }

        private boolean exists() {
            return !replace && key.file().isPresent();
        }

        void assertRightly(RefusedException refused) {
            boolean right = (exists() && refused.status() == Status.EXISTS)
                    || (wrong && refused.status() == Status.CONTENT_DIFFERS);
            assertTrue(right, () -> refused + " " + key);
        }
    }

    /** Files of some keys come whole, and are published together. */
    private void arrive(UserFiles files) throws IOException {
        List<Arriving> taken = new ArrayList<>();
        try (Arrivals arrivals = files.arrivals()) {
            for (ExpectedKey key :
                    keys.stream().filter(key -> random.nextBoolean()).toList()) {
                byte[] content = new byte[random.nextInt(maxSize / 4)];
                random.nextBytes(content);
                Arriving file = new Arriving(key, content, random.nextInt(3) > 0, random.nextInt(6) == 0);
                if (add(file, arrivals)) {
                    taken.add(file);
                }
            }
            if (random.nextInt(8) == 0) {
                return; // the client is gone, and so are its files
            }
            for (Arriving file : taken) {
                if (file.isTaken()) {
                    files.unfinished(file.key().key()).ifPresent(ended::add);
                    file.key().asked(ExpectedKey.Doubt.arriving(file.content()));
                }
            }
            List<Arrivals.Outcome> outcomes = arrivals.publish();
            store.awaitAnswer();
            for (int i = 0; i < taken.size(); i++) {
                hasArrived(taken.get(i), outcomes.get(i));
            }
        }
    }

    private boolean add(Arriving file, Arrivals arrivals) throws IOException {
        try {
            arrivals.add(file.file());
            return true;
        } catch (RefusedException e) {
            store.awaitAnswer();
            file.assertRightly(e);
            return false;
        }
    }

    private static void hasArrived(Arriving file, Arrivals.Outcome outcome) throws IOException {
        try {
            String version = outcome.get().version();
            assertTrue(file.isTaken(), () -> "taken, but wrong or there: " + file);
            file.key().completed(file.content(), version);
        } catch (RefusedException e) {
            file.assertRightly(e);
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
                store.awaitAnswer();
                begun(key, expected, begun);
                return;
            }
            Upload upload = files.begin(expected.spec());
            store.awaitAnswer();
            assertEquals(expected.acknowledged(), expected.certain(upload.missing()), key::toString);
        } catch (RefusedException e) {
            store.awaitAnswer();
            assertTrue(key.isOutrun() && e.status() == Status.EXISTS, () -> "not resumed: " + e + " " + key);
        }
    }

    private void write(ExpectedKey key, ExpectedUpload expected, UserFiles files) throws IOException {
        Upload upload = current(key, files);
        List<Integer> blocks = expected.next(random);
        int last = blocks.get(blocks.size() - 1);
        if (expected.acknowledged().get(last) && random.nextInt(3) == 0) {
            expected.change(last, random);
        }
        boolean completes = expected.isCompletedBy(blocks);
        boolean wrong = completes && expected.isVerified() && random.nextInt(6) == 0;
        Optional<Digest> digest = completes && expected.isVerified()
                ? Optional.of(wrong ? WRONG : md5(expected.content()))
                : Optional.empty();
        blocks.forEach(expected::sending);
        key.asked(
                wrong
                        ? ExpectedKey.Doubt.DISCARDING
                        : completes ? ExpectedKey.Doubt.completing(expected, upload.id()) : ExpectedKey.Doubt.NONE);
        try {
            Optional<StoredFile> file = write(upload, blocks, expected, digest);
            assertFalse(wrong, "published with a wrong digest");
            assertEquals(completes, file.isPresent(), key::toString);
            key.answered();
            if (completes) {
                ended.add(upload);
                key.completed(expected.content(), file.get().version());
            }
        } catch (RefusedException e) {
            store.awaitAnswer();
            boolean right = (wrong && e.status() == Status.CONTENT_DIFFERS)
                    || (completes && key.isOutrun() && e.status() == Status.EXISTS);
            assertTrue(right, () -> "not written: " + e + " " + key);
            ended.add(upload);
            key.uploadEnded();
        }
    }

    private Upload current(ExpectedKey key, UserFiles files) throws IOException {
        try {
            return files.upload(key.key(), Optional.empty());
        } catch (RefusedException e) {
            store.awaitAnswer();
            throw new AssertionError("not found: " + key, e);
        }
    }

    /** Sends blocks ahead of the answers, and the digest with the last one. */
    private Optional<StoredFile> write(
            Upload upload, List<Integer> blocks, ExpectedUpload expected, Optional<Digest> digest)
            throws IOException, RefusedException {
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            int index = blocks.get(i);
            Optional<Digest> named = i == blocks.size() - 1 ? digest : Optional.empty();
            receipts.add(upload.take(DataBlock.of(index, expected.block(index)), named));
        }
        Optional<StoredFile> file = Optional.empty();
        for (int i = 0; i < blocks.size(); i++) {
            assertTrue(file.isEmpty(), "completed by a block before the last one");
            file = receipts.get(i).get();
            store.awaitAnswer();
            expected.acknowledge(blocks.get(i));
        }
        return file;
    }

    /** A client that does not know that its upload has ended. */
    private void writeStale() throws IOException {
        if (!ended.isEmpty()) {
            Upload upload = ended.get(random.nextInt(ended.size()));
            int blocks = upload.plan().totalBlocks();
            if (blocks > 0) {
                int index = random.nextInt(blocks);
                ByteBuffer block = ByteBuffer.allocate(upload.plan().length(index));
                try {
                    upload.write(DataBlock.of(index, block), Optional.empty());
                    fail("a block was taken for " + upload.id() + ", which has ended");
                } catch (RefusedException e) {
                    store.awaitAnswer();
                }
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
        store.awaitAnswer();
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
        store.awaitAnswer();
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
            assertEquals(ExpectedUpload.digest(content, DigestAlgorithm.SHA_256), digest);
        } catch (RefusedException e) {
            throw new AssertionError("not read: " + key, e);
        }
    }

    /** Everything that is unfinished is completed. */
    public void finish() throws IOException {
        for (ExpectedKey key : keys) {
            while (key.upload().isPresent()) {
                goOn(key, store.files());
            }
        }
        assertEquals(List.of(), store.files().uploads(ListQuery.ALL).uploads());
    }
}
