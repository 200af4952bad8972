package dev.step.s3;

import dev.step.daemon.auth.SharedDocument;
import dev.step.daemon.place.StorePlace;
import dev.step.daemon.store.ServedStore;
import dev.step.daemon.store.copy.StoreSource;
import dev.step.daemon.store.disk.StoreSettings;
import dev.step.daemon.store.disk.SyncObserver;
import java.io.IOException;
import java.time.InstantSource;

/** Below a prefix of a bucket. */
final class S3Place implements StorePlace {
    private final ObjectStorage storage;

    S3Place(ObjectStorage storage) {
        this.storage = storage;
    }

    @Override
    public ServedStore open(StoreSettings settings, SyncObserver syncs) throws IOException {
        return S3Store.open(storage, settings.uploadExpiry(), InstantSource.system());
    }

    @Override
    public StoreSource openSource() throws IOException {
        return S3Source.open(storage);
    }

    @Override
    public SharedDocument document(String name) {
        return new BucketDocument(storage, name, System::nanoTime);
    }

    @Override
    public void prepare() {
        // objects need no folder
    }

    @Override
    public void check() {
        // an address that makes no sense has been refused; whether the bucket answers may be another matter in a minute
    }

    @Override
    public void close() {
        storage.close();
    }
}
