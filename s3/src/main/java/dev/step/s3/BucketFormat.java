package dev.step.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The object {@code format}, which says that there is a store, and of which version. */
final class BucketFormat {
    private static final String NAME = "format";
    private static final String TEXT = "step-store-s3 1\n";

    private BucketFormat() {}

    /** Makes a store where none is, and refuses one of another version. */
    static void prepare(ObjectStorage storage) throws IOException {
        if (storage.get(NAME).isEmpty()) {
            storage.create(NAME, TEXT.getBytes(StandardCharsets.US_ASCII)); // by whichever server is first
        }
        require(storage);
    }

    /** Refuses a place where no store of this version is. */
    static void require(ObjectStorage storage) throws IOException {
        Optional<ObjectStorage.Content> found = storage.get(NAME);
        if (found.isEmpty()) {
            throw new IOException("There is no store: the bucket has no object \"" + NAME + "\" under this prefix");
        }
        String text = new String(found.get().bytes(), StandardCharsets.US_ASCII);
        if (!text.equals(TEXT)) {
            throw new IOException("The bucket holds a store of another version (\"" + text.strip()
                    + "\"), which this server does not know; use the server that made it, or another prefix");
        }
    }
}
