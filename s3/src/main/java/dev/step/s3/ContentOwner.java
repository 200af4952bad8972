package dev.step.s3;

import dev.step.daemon.journal.UploadId;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Whose file a content belongs to. It is noted with each segment's object for who finds that and knows nothing else: the user
 * and the key in Base64, and the content, separated by dots, of some 1,600 characters at most. The note of a segment that was
 * copied without a thought for it, by a server of an earlier version, names another content: it says nothing of this one.
 */
record ContentOwner(UserName user, Key key, UploadId content) {
    private static final String SEPARATOR = ".";
    private static final int PARTS = 3;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    String note() {
        return String.join(SEPARATOR, encode(user.text()), encode(key.text()), content.toString());
    }

    private static String encode(String text) {
        return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a note that was found with a segment of this content; empty if it is none, or another's. */
    static Optional<ContentOwner> parse(String note, UploadId content) {
        String[] parts = note.split("\\" + SEPARATOR, -1);
        if (parts.length != PARTS || !parts[PARTS - 1].equals(content.toString())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ContentOwner(new UserName(decode(parts[0])), new Key(decode(parts[1])), content));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String decode(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
