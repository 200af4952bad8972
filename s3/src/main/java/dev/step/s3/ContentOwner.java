package dev.step.s3;

import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Whose file a segment belongs to. It is noted with the segment's object for who finds that and knows nothing else: two texts in
 * Base64, separated by a dot, of some 1,550 characters at most.
 */
record ContentOwner(UserName user, Key key) {
    private static final String SEPARATOR = ".";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    String note() {
        return encode(user.text()) + SEPARATOR + encode(key.text());
    }

    private static String encode(String text) {
        return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a note; empty if it is none. */
    static Optional<ContentOwner> parse(String note) {
        int dot = note.indexOf(SEPARATOR);
        try {
            return dot < 0
                    ? Optional.empty()
                    : Optional.of(new ContentOwner(
                            new UserName(decode(note.substring(0, dot))), new Key(decode(note.substring(dot + 1)))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String decode(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
