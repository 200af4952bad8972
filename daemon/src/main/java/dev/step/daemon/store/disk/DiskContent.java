package dev.step.daemon.store.disk;

import dev.step.daemon.store.LateDigests;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.io.IOException;

/** A complete file whose digest is asked for. */
record DiskContent(FileNames names, DiskOpenFile opened) implements LateDigests.Content {
    @Override
    public StoredFile file() {
        return opened.file();
    }

    @Override
    public Digest digest(DigestAlgorithm algorithm) throws IOException {
        return ContentReading.digest(opened, algorithm, ReadPace.FULL);
    }

    @Override
    public void remember(StoredFile better) throws IOException {
        names.update(better);
    }

    @Override
    public void close() throws IOException {
        opened.close();
    }
}
