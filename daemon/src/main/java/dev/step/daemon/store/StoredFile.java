package dev.step.daemon.store;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.message.FileDetail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a complete file.
 *
 * @param size in bytes
 * @param modified to the millisecond
 * @param digests those computed so far
 * @param version names this content of this key, among all it ever had
 */
public record StoredFile(Key key, long size, Instant modified, List<Digest> digests, String version) {
    /** What a detailed listing says of it. */
    public FileDetail detail() {
        return new FileDetail(key, size, modified, digests);
    }

    /** Its digest by this algorithm, if that was computed. */
    public Optional<Digest> digest(DigestAlgorithm algorithm) {
        return digests.stream()
                .filter(digest -> digest.algorithm() == algorithm)
                .findFirst();
    }

    /** The same file, of which one more digest is known. */
    public StoredFile with(Digest digest) {
        List<Digest> all = Stream.concat(digests.stream(), Stream.of(digest)).toList();
        return new StoredFile(key, size, modified, all, version);
    }
}
