package dev.step.daemon.store;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The digests of one user's files that were not computed while they arrived: from the content, once, then remembered. One at
 * a time, so that many who ask for the same one wait for it instead of reading the file many times.
 */
public final class LateDigests {
    private final ReentrantLock computing = new ReentrantLock();
    private final Contents contents;

    /** @param contents of the user's files */
    public LateDigests(Contents contents) {
        this.contents = contents;
    }

    /** The contents of one user's complete files, wherever they lie. */
    @FunctionalInterface
    public interface Contents {
        /** Opens the file of this key; empty if there is none. */
        Optional<Content> open(Key key) throws IOException;
    }

    /** The content of a complete file. */
    public interface Content extends Closeable {
        /** What is known of it. */
        StoredFile file();

        /** What all of its bytes come to, which are read for that. */
        Digest digest(DigestAlgorithm algorithm) throws IOException;

        /** Notes that more is known of the file, unless it has another content by now. */
        void remember(StoredFile better) throws IOException;
    }

    /**
     * The digest of this content.
     *
     * @throws RefusedException 404 when the file was deleted, 412 when it has another content by now
     */
    public Digest get(StoredFile file, DigestAlgorithm algorithm) throws IOException, RefusedException {
        Optional<Digest> known = file.digest(algorithm);
        return known.isPresent() ? known.get() : compute(file, algorithm);
    }

    private Digest compute(StoredFile file, DigestAlgorithm algorithm) throws IOException, RefusedException {
        computing.lock();
        try (Content content = open(file)) {
            Optional<Digest> known = content.file().digest(algorithm);
            if (known.isPresent()) {
                return known.get();
            }
            Digest digest = content.digest(algorithm);
            content.remember(content.file().with(digest));
            return digest;
        } finally {
            computing.unlock();
        }
    }

    /**
     * The digest of what the bytes are now.
     *
     * @throws RefusedException 404 when the file was deleted, 412 when it has another content by now
     */
    public Digest read(StoredFile file, DigestAlgorithm algorithm) throws IOException, RefusedException {
        try (Content content = open(file)) {
            return content.digest(algorithm);
        }
    }

    private Content open(StoredFile file) throws IOException, RefusedException {
        Optional<Content> opened = contents.open(file.key());
        if (opened.isEmpty()) {
            throw Refusals.notExisting(file.key());
        }
        if (!opened.get().file().version().equals(file.version())) {
            opened.get().close();
            throw Refusals.replaced(file.key());
        }
        return opened.get();
    }
}
