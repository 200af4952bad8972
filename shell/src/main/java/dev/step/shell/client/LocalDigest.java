package dev.step.shell.client;

import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The digest of a local file. */
public final class LocalDigest {
    private static final int BUFFER_BYTES = 256 << 10;

    private final Session session;

    /** Digests that are not computed further when this session is cancelled. */
    public LocalDigest(Session session) {
        this.session = session;
    }

    /** Reads all of the file, and tells the meter. */
    public Digest of(Path file, DigestAlgorithm algorithm, Meter meter) throws ClientException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return of(channel, algorithm, meter);
        } catch (IOException e) {
            throw ClientException.local(file, e);
        }
    }

    private Digest of(FileChannel channel, DigestAlgorithm algorithm, Meter meter) throws IOException, ClientException {
        ContentDigest computation = new ContentDigest(algorithm);
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.max(1, Math.min(BUFFER_BYTES, channel.size())));
        for (int got = channel.read(buffer); got >= 0; got = channel.read(buffer.clear())) {
            session.checkCancelled();
            computation.update(buffer.flip());
            meter.moved(got);
        }
        return computation.finish();
    }
}
