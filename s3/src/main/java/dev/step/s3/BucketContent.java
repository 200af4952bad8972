package dev.step.s3;

import dev.step.daemon.store.LateDigests;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.io.IOException;

/** A complete file, of whose object all was read, and whose digest is asked for. */
record BucketContent(UserObjects user, FileObjects.Found found) implements LateDigests.Content {
    @Override
    public StoredFile file() {
        return found.file();
    }

    @Override
    public Digest digest(DigestAlgorithm algorithm) throws IOException {
        return new ContentReader(user.storage(), found.object()).digest(algorithm);
    }

    @Override
    public void remember(StoredFile better) throws IOException {
        user.files().update(found, better);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
