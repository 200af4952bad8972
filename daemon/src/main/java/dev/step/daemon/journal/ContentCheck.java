package dev.step.daemon.journal;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * How the content is verified.
 *
 * @param algorithm the digest that is computed while bytes arrive
 * @param verifyOnPublish whether nothing may be published before the client has named the expected digest
 * @param expected the digest that the client expects, of either algorithm; null while it has named none
 */
public record ContentCheck(
        DigestAlgorithm algorithm,
        boolean verifyOnPublish,
        @Nullable Digest expected) {
    /** What the core does: an MD5 is computed, and compared by the client. */
    public static final ContentCheck CORE = new ContentCheck(DigestAlgorithm.MD5, false, null);
}
