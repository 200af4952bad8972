package dev.step.daemon.store.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must be true of one key, after what was acknowledged, and what may be true of it after what was not. */
final class ExpectedKey {
    private final Key key;
    private final boolean powerCutLosesBlocks;

    private @Nullable ExpectedFile file;
    private @Nullable ExpectedUpload upload;
    /** All uploads that were ever begun, and of which it is known, under their ids. */
    private final Map<String, ExpectedUpload> begun = new HashMap<>();

    private final Set<String> published = new HashSet<>();

    private Doubt doubt = Doubt.NONE;
    private boolean powerWasCut;

    ExpectedKey(Key key, boolean powerCutLosesBlocks) {
        this.key = key;
        this.powerCutLosesBlocks = powerCutLosesBlocks;
    }

    /** A complete file; the version is null while it is not known. */
    record ExpectedFile(byte[] content, @Nullable String version) {}

    /**
     * What a request may have done that was not answered.
     *
     * @param changesFile whether there may be another file now, or none
     * @param file that other file
     * @param begun the upload that there may be now
     * @param endsUpload whether the upload may be gone
     * @param publishesUpload whether it may be gone because it is that other file
     */
    record Doubt(
            boolean changesFile,
            @Nullable ExpectedFile file,
            @Nullable ExpectedUpload begun,
            boolean endsUpload,
            boolean publishesUpload) {
        static final Doubt NONE = new Doubt(false, null, null, false, false);
        static final Doubt DISCARDING = new Doubt(false, null, null, true, false);
        static final Doubt DELETING = new Doubt(true, null, null, true, false);

        static Doubt beginning(ExpectedUpload upload) {
            boolean complete = upload.plan().totalBlocks() == 0;
            return new Doubt(complete, complete ? new ExpectedFile(upload.content(), null) : null, upload, true, false);
        }

        static Doubt completing(ExpectedUpload upload, String id) {
            return new Doubt(true, new ExpectedFile(upload.content(), id), null, true, true);
        }

        static Doubt arriving(byte[] content) {
            return new Doubt(true, new ExpectedFile(content, null), null, true, false);
        }

        /** Whether the upload may be gone in part. */
        boolean discardsUpload() {
            return endsUpload && !publishesUpload;
        }
    }

    Key key() {
        return key;
    }

    Optional<ExpectedFile> file() {
        return Optional.ofNullable(file);
    }

    Optional<ExpectedUpload> upload() {
        return Optional.ofNullable(upload);
    }

    /** Whether there is a file that came while an upload was unfinished which may not replace it. */
    boolean isOutrun() {
        return file != null
                && upload != null
                && !upload.spec().options().publishing().replace();
    }

    /** A request is on its way. */
    void asked(Doubt newDoubt) {
        doubt = newDoubt;
    }

    /** It was answered, and changed nothing but what is known already. */
    void answered() {
        doubt = Doubt.NONE;
    }

    void begun(ExpectedUpload newUpload, String id) {
        begun.put(id, newUpload);
        upload = newUpload;
        answered();
    }

    void completed(byte[] content, String version) {
        published.add(version);
        file = new ExpectedFile(content, version);
        uploadEnded();
    }

    void deleted() {
        file = null;
        uploadEnded();
    }

    void uploadEnded() {
        upload = null;
        answered();
    }

    void powerWasCut() {
        powerWasCut = true;
        if (powerCutLosesBlocks) {
            begun.values().forEach(ExpectedUpload::blocksMayBeLost);
            if (doubt.begun() != null) {
                doubt.begun().blocksMayBeLost();
            }
        }
    }

    /** Holds a store that was just opened to all this; what was in doubt is known then. */
    void check(MortalStore store) throws IOException {
        UserFiles files = store.files();
        Optional<Found> unfinished = unfinished(files); // first, because only who asks for an upload settles it
        Optional<StoredFile> complete = complete(files);
        checkFile(complete, files);
        checkUpload(unfinished, store);
        store.awaitAnswer(); // or the process was stopped meanwhile, and what it said of the key is not true for long
        powerWasCut = false;
        answered();
    }

    private record Found(Upload upload, BlockRanges missing) {}

    private Optional<Found> unfinished(UserFiles files) throws IOException {
        Optional<Upload> found = files.unfinished(key);
        try {
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Found(found.get(), found.get().missing()));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private Optional<StoredFile> complete(UserFiles files) throws IOException {
        try {
            return Optional.of(files.find(key));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private void checkFile(Optional<StoredFile> found, UserFiles files) throws IOException {
        if (found.isEmpty()) {
            assertTrue(file == null || (doubt.changesFile() && doubt.file() == null), () -> "lost: " + this);
            file = null;
            return;
        }
        byte[] content = read(files);
        String version = found.get().version();
        ExpectedFile matching = matching(content, version);
        assertNotNull(matching, () -> "neither the old file nor the new one: " + found + " " + this);
        assertEquals(content.length, found.get().size());
        assertTrue(
                found.get().digests().contains(ExpectedUpload.digest(content, DigestAlgorithm.MD5)),
                () -> "digests of " + found);
        file = new ExpectedFile(content, version);
        published.add(version);
    }

    private @Nullable ExpectedFile matching(byte[] content, String version) {
        if (file != null && matches(file, content, version)) {
            return file;
        }
        ExpectedFile other = doubt.file();
        return other != null && matches(other, content, version) ? other : null;
    }

    private static boolean matches(ExpectedFile expected, byte[] content, String version) {
        return Arrays.equals(expected.content(), content)
                && (expected.version() == null || expected.version().equals(version));
    }

    byte[] read(UserFiles files) throws IOException {
        try (OpenFile open = files.open(key)) {
            ByteBuffer content = ByteBuffer.allocate((int) open.file().size());
            open.read(0, content);
            return content.array();
        } catch (RefusedException e) {
            throw new AssertionError("it was there: " + this, e);
        }
    }

    /** An upload that was discarded may be back: its folder is removed when nobody uses it any more, and not synced. */
    private void checkUpload(Optional<Found> found, MortalStore store) throws IOException {
        boolean blocksLost = powerWasCut && powerCutLosesBlocks;
        boolean required = upload != null && !upload.mayBeForgotten() && !doubt.endsUpload() && !blocksLost;
        if (found.isEmpty()) {
            assertFalse(required, () -> "the upload is lost: " + this);
            upload = null;
            return;
        }
        String id = found.get().upload().id();
        assertFalse(published.contains(id), () -> "a file is unfinished again: " + this);
        ExpectedUpload expected = begun.containsKey(id) ? begun.get(id) : doubt.begun();
        assertNotNull(expected, () -> "nobody has begun " + id + ": " + this);
        boolean current = expected == upload || expected == doubt.begun();
        assertTrue(current || !required, () -> "an ended upload is back: " + expected + " " + this);
        boolean mayLack = blocksLost || expected != upload || doubt.discardsUpload();
        checkBlocks(expected, found.get(), mayLack, store);
        begun.put(id, expected);
        upload = expected;
    }

    private void checkBlocks(ExpectedUpload expected, Found found, boolean mayLack, MortalStore store)
            throws IOException {
        assertEquals(expected.plan(), found.upload().plan());
        BitSet received = expected.certain(found.missing());
        BitSet lost = (BitSet) expected.acknowledged().clone();
        lost.andNot(received);
        assertTrue(mayLack || lost.isEmpty(), () -> "blocks " + lost + " are lost: " + this);
        List<Integer> blocks = received.stream().boxed().toList();
        List<byte[]> contents = store.received(found.upload(), blocks);
        for (int i = 0; i < blocks.size(); i++) {
            checkBlock(expected, blocks.get(i), contents.get(i));
        }
        expected.settle(found.missing());
    }

    private void checkBlock(ExpectedUpload expected, int index, byte[] found) {
        byte[] block = new byte[expected.plan().length(index)];
        expected.block(index).get(block);
        assertArrayEquals(block, found, () -> "block " + index + " is not what was sent: " + this);
    }

    @Override
    public String toString() {
        return key + ": file " + file + ", upload " + upload + ", " + doubt + (powerWasCut ? ", power cut" : "");
    }
}
