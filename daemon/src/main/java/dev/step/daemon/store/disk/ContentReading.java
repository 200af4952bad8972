package dev.step.daemon.store.disk;

import dev.step.daemon.store.OpenFile;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads all of a complete file for what it comes to. */
final class ContentReading {
    private static final int BUFFER_BYTES = 256 << 10;

    private ContentReading() {}

    static Digest digest(OpenFile content, DigestAlgorithm algorithm, ReadPace pace) throws IOException {
        ContentDigest computation = new ContentDigest(algorithm);
        long size = content.file().size();
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, size));
        for (long at = 0; at < size; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), size - at));
            content.read(at, buffer);
            computation.update(buffer.flip());
            pace.read(buffer.limit());
        }
        return computation.finish();
    }
}
