package dev.step.s3;

import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The digest of an upload, computed from the blocks that pass through this server: it is there in the end if all of them did,
 * each once and in their order. Otherwise the content has to be read again. Not safe for several threads.
 */
final class ArrivalDigest {
    private final ContentDigest digest;
    private int next;
    private boolean useless;
    private @Nullable Digest finished;

    ArrivalDigest(DigestAlgorithm algorithm) {
        this.digest = new ContentDigest(algorithm);
    }

    /** A segment was written. */
    void add(Segment segment) {
        for (Segment.Part part : segment.parts()) {
            useless |= part.index() != next;
            if (useless) {
                return;
            }
            digest.update(ByteBuffer.wrap(part.bytes()));
            next++;
        }
    }

    /** Blocks were written elsewhere. */
    void missed() {
        useless = true;
    }

    /** The digest, if it is known after this many blocks, which are all. */
    Optional<Digest> finish(int totalBlocks) {
        if (finished == null && !useless && next == totalBlocks) {
            finished = digest.finish();
        }
        return useless ? Optional.empty() : Optional.ofNullable(finished);
    }
}
