package dev.step.daemon.store.disk;

import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The digests that were not computed while a file arrived: from its content, once, then remembered. One at a time for
 * a user, so that many who ask for the same one wait for it instead of reading the file many times.
 */
final class LateDigests {
    private final ReentrantLock computing = new ReentrantLock();
    private final FileNames names;

    LateDigests(FileNames names) {
        this.names = names;
    }

    /**
     * The digest of this content.
     *
     * @throws RefusedException 404 when the file was deleted, 412 when it has another content by now
     */
    Digest get(StoredFile file, DigestAlgorithm algorithm) throws IOException, RefusedException {
        Optional<Digest> known = file.digest(algorithm);
        return known.isPresent() ? known.get() : compute(file, algorithm);
    }

    private Digest compute(StoredFile file, DigestAlgorithm algorithm) throws IOException, RefusedException {
        computing.lock();
        try (OpenFile content = open(file)) {
            Optional<Digest> known = content.file().digest(algorithm);
            return known.isPresent() ? known.get() : remember(content.file(), read(content, algorithm));
        } finally {
            computing.unlock();
        }
    }

    /**
     * The digest of what the bytes are now.
     *
     * @throws RefusedException 404 when the file was deleted, 412 when it has another content by now
     */
    Digest read(StoredFile file, DigestAlgorithm algorithm) throws IOException, RefusedException {
        try (OpenFile content = open(file)) {
            return read(content, algorithm);
        }
    }

    private OpenFile open(StoredFile file) throws IOException, RefusedException {
        Optional<DiskOpenFile> opened = names.open(file.key());
        if (opened.isEmpty()) {
            throw Refusals.notExisting(file.key());
        }
        if (!opened.get().file().version().equals(file.version())) {
            opened.get().close();
            throw Refusals.replaced(file.key());
        }
        return opened.get();
    }

    private static Digest read(OpenFile content, DigestAlgorithm algorithm) throws IOException {
        return ContentReading.digest(content, algorithm, ReadPace.FULL);
    }

    private Digest remember(StoredFile file, Digest digest) throws IOException {
        names.update(file.with(digest));
        return digest;
    }
}
