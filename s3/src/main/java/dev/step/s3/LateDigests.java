package dev.step.s3;

import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The digests that were not computed while a file arrived: from its content, once, then remembered. One at a time for a user
 * and a server, so that many who ask for the same one wait for it instead of reading the file many times.
 */
final class LateDigests {
    private final ReentrantLock computing = new ReentrantLock();
    private final UserObjects user;

    LateDigests(UserObjects user) {
        this.user = user;
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
        try {
            FileObjects.Found found = find(file);
            Optional<Digest> known = found.file().digest(algorithm);
            return known.isPresent() ? known.get() : remember(found, digest(found, algorithm));
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
        return digest(find(file), algorithm);
    }

    private FileObjects.Found find(StoredFile file) throws IOException, RefusedException {
        Optional<FileObjects.Found> found = user.files().read(file.key());
        if (found.isEmpty()) {
            throw Refusals.notExisting(file.key());
        }
        if (!found.get().file().version().equals(file.version())) {
            throw Refusals.replaced(file.key());
        }
        return found.get();
    }

    private Digest digest(FileObjects.Found found, DigestAlgorithm algorithm) throws IOException {
        return new ContentReader(user.storage(), found.object()).digest(algorithm);
    }

    private Digest remember(FileObjects.Found found, Digest digest) throws IOException {
        user.files().update(found, found.file().with(digest));
        return digest;
    }
}
