package dev.step.daemon.store.copy;

import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A file of the source, read once from its start to its end, and compared with all digests that are stored with it. */
final class SourceContent {
    private final OpenFile content;
    private final List<ContentDigest> computations;
    private final ByteBuffer buffer;
    private long at;

    SourceContent(OpenFile content) throws SourceFailedException {
        this.content = content;
        if (file().digests().isEmpty()) {
            throw new SourceFailedException("it has no digest to compare it with");
        }
        this.computations = file().digests().stream()
                .map(digest -> new ContentDigest(digest.algorithm()))
                .toList();
        this.buffer = ByteBuffer.allocate((int) Math.min(file().size(), Limits.MAX_BLOCK_BYTES));
    }

    StoredFile file() {
        return content.file();
    }

    /** What the content has to come to. */
    Digest digest() {
        return file().digests().get(0);
    }

    /**
     * The next bytes, which stay until this is called again. With the last ones all are compared.
     *
     * @return {@link Limits#MAX_BLOCK_BYTES}, or as many as are left
     */
    ByteBuffer next() throws SourceFailedException {
        buffer.clear().limit((int) Math.min(buffer.capacity(), file().size() - at));
        try {
            content.read(at, buffer);
        } catch (IOException e) {
            throw new SourceFailedException(e);
        }
        buffer.flip();
        at += buffer.remaining();
        computations.forEach(computation -> computation.update(buffer.duplicate()));
        if (at == file().size()) {
            compare();
        }
        return buffer;
    }

    private void compare() throws SourceFailedException {
        List<Digest> found = computations.stream().map(ContentDigest::finish).toList();
        if (!found.equals(file().digests())) {
            throw new SourceFailedException(
                    "it is damaged: its content came to " + found.get(0).hex() + ", not " + digest().hex());
        }
    }
}
