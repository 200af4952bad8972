package dev.step.daemon.journal;

import dev.step.protocol.Key;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the client said of the file at its end.
 *
 * @param fingerprint the client's idea of the file's identity, compared and never looked into, up to
 *     {@link #MAX_FINGERPRINT_BYTES} bytes of UTF-8; null when it named none, and the upload cannot be resumed
 * @param modified to the millisecond; null when it named none
 */
public record ClientFile(
        @Nullable String fingerprint, @Nullable Instant modified) {
    /** The longest fingerprint, in bytes of UTF-8. */
    public static final int MAX_FINGERPRINT_BYTES = 1024;

    /** A client that said nothing, as the core's clients do. */
    public static final ClientFile UNKNOWN = new ClientFile(null, null);

    public ClientFile {
        if (fingerprint != null) {
            int bytes = Key.utf8Length(fingerprint);
            if (bytes < 0 || bytes > MAX_FINGERPRINT_BYTES) {
                throw new IllegalArgumentException("not a fingerprint: " + bytes + " bytes");
            }
        }
        if (modified != null) {
            Milliseconds.check(modified);
        }
    }
}
