package dev.step.s3;

import dev.step.daemon.place.StoreAddress;
import dev.step.daemon.place.StorePlace;
import dev.step.daemon.place.StoreProvider;
import java.io.IOException;

/** Knows stores at {@code s3://BUCKET/PREFIX}. */
public final class S3StoreProvider implements StoreProvider {
    @Override
    public String scheme() {
        return S3Location.SCHEME;
    }

    @Override
    public StorePlace place(StoreAddress address) throws IOException {
        return new S3Place(S3ObjectStorage.open(S3Location.parse(address.text()), address.bucket()));
    }
}
