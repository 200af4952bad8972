package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes contents that come from elsewhere than from clients the files of their keys: verified, and as durable as any other.
 */
final class Adoption {
    private static final int BUFFER_BYTES = 256 << 10;

    private final Disk disk;
    private final UploadFolders folders;
    private final SpaceLedger space;

    Adoption(Disk disk, UploadFolders folders, SpaceLedger space) {
        this.disk = disk;
        this.folders = folders;
        this.space = space;
    }

    /**
     * What comes.
     *
     * @param expected what the bytes have to come to; if that is not known, an MD5 is computed
     */
    record Incoming(Key key, long size, Instant modified, List<Digest> expected) {
        private List<ContentDigest> computations() {
            List<ContentDigest> computations = new ArrayList<>();
            expected.forEach(digest -> computations.add(new ContentDigest(digest.algorithm())));
            if (computations.isEmpty()) {
                computations.add(new ContentDigest(DigestAlgorithm.MD5));
            }
            return computations;
        }

        private void check(List<Digest> found) throws RefusedException {
            if (!expected.isEmpty() && !found.equals(expected)) {
                throw new RefusedException(
                        Status.CONTENT_DIFFERS,
                        "its content came to " + found.get(0).hex() + ", not "
                                + expected.get(0).hex());
            }
        }
    }

    /**
     * Takes a content.
     *
     * @return false if the key has the same content already
     * @throws RefusedException 402 when the key has another content, 412 when what comes is not what is expected, 413 when
     *     there is no room
     */
    boolean take(Incoming file, InputStream content, FileNames names) throws IOException, RefusedException {
        Optional<StoredFile> old = names.find(file.key());
        if (old.isPresent()) {
            List<Digest> found = copy(file, content, null);
            if (old.get().size() != file.size() || !agree(old.get().digests(), found)) {
                throw Refusals.exists(file.key());
            }
            return false;
        }
        space.promise(file.size());
        try {
            publish(file, content, names);
            return true;
        } finally {
            space.adjust(-file.size());
        }
    }

    /** Whether two lists name the same content: they have a digest in common. */
    private static boolean agree(List<Digest> one, List<Digest> other) {
        return one.stream().anyMatch(other::contains);
    }

    private void publish(Incoming file, InputStream content, FileNames names) throws IOException, RefusedException {
        UploadFolder folder = folders.folder(folders.newId());
        boolean published = false;
        try {
            List<Digest> digests;
            try (DiskFile target = disk.create(folder.whole())) {
                digests = copy(file, content, target);
                target.sync();
            }
            StoredFile stored = new StoredFile(
                    file.key(),
                    file.size(),
                    file.modified(),
                    digests,
                    folder.id().toString());
            names.publish(PendingFile.whole(stored, folder.whole(), false));
            published = true;
        } finally {
            if (!published) {
                folders.removeWhole(folder);
            }
        }
    }

    /** Reads a content, writes it if there is somewhere to, and checks what it comes to. */
    private static List<Digest> copy(Incoming file, InputStream content, @Nullable DiskFile to)
            throws IOException, RefusedException {
        List<ContentDigest> computations = file.computations();
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, file.size())];
        for (long at = 0; at < file.size(); ) {
            int read = content.readNBytes(buffer, 0, (int) Math.min(buffer.length, file.size() - at));
            if (read == 0) {
                throw new EOFException(
                        "The content of the key " + file.key() + " is shorter than " + file.size() + " bytes");
            }
            computations.forEach(computation -> computation.update(ByteBuffer.wrap(buffer, 0, read)));
            if (to != null) {
                to.write(at, ByteBuffer.wrap(buffer, 0, read));
            }
            at += read;
        }
        List<Digest> found = computations.stream().map(ContentDigest::finish).toList();
        file.check(found);
        return found;
    }
}
