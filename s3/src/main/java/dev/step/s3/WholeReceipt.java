package dev.step.s3;

import dev.step.daemon.store.Receipt;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Future;

/** Of the only block of a file, which is published behind while its client sends others. */
record WholeReceipt(Future<StoredFile> publication) implements Receipt {
    @Override
    public boolean isKnown() {
        return publication.isDone();
    }

    @Override
    public Optional<StoredFile> get() throws IOException, RefusedException {
        return Optional.of(Together.resultOf(publication));
    }
}
