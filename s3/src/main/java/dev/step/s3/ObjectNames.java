package dev.step.s3;

import dev.step.daemon.journal.UploadId;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Where one user's things lie; the package's comment draws it. */
record ObjectNames(UserName user) {
    static final String FILES = "files/";
    static final String VALUES = "data/";
    private static final String INDEX = "index/";
    static final String UPLOADS = "uploads/";
    static final String CONTENT = "content/";
    static final String TRY = "try";
    static final String GARBAGE = "garbage/";
    private static final int LONGEST_USER_CHARS = 120;
    private static final String READABLE = "u";
    private static final String LONG = "b";
    private static final String ESCAPED_SLASH = "~2F";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** Below which the complete files are. */
    String files() {
        return FILES + folder();
    }

    String file(Key key) {
        return files() + KeyName.of(key);
    }

    /** Below which the pages are that say what is known of the complete files. */
    String index() {
        return INDEX + folder();
    }

    /** Below which the values are. */
    String values() {
        return VALUES + folder();
    }

    String value(Key key) {
        return values() + KeyName.of(key);
    }

    /** Below which the unfinished uploads are. */
    String uploads() {
        return UPLOADS + folder();
    }

    /** Below which the unfinished uploads of this key are. */
    String uploads(Key key) {
        return uploads() + KeyName.hash(key.text()) + "/";
    }

    /** Below which the segments of an upload are, and of the file that it becomes. */
    static String content(UploadId id) {
        return CONTENT + id + "/";
    }

    /** Whose segment this is; empty if it is none. */
    static Optional<UploadId> contentId(String segment) {
        int end = segment.indexOf('/', CONTENT.length());
        return end < 0 ? Optional.empty() : UploadId.parse(segment.substring(CONTENT.length(), end));
    }

    /** Escaped, for people to read; names of many escapes would get too long, and are in Base64. */
    private String folder() {
        String name = KeyName.escape(user.text()).replace("/", ESCAPED_SLASH);
        return (name.length() <= LONGEST_USER_CHARS
                        ? READABLE + name
                        : LONG + BASE64.encodeToString(user.text().getBytes(StandardCharsets.UTF_8)))
                + "/";
    }

    /** Whose folder this is, which ends with a slash; empty if it is nobody's. */
    static Optional<UserName> user(String folder) {
        String name = folder.isEmpty() ? "" : folder.substring(1, folder.length() - 1);
        try {
            Optional<String> text = folder.startsWith(LONG)
                    ? Optional.of(new String(Base64.getUrlDecoder().decode(name), StandardCharsets.UTF_8))
                    : KeyName.text(name);
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(UserName.of(text.get()))
                            .filter(user -> new ObjectNames(user).folder().equals(folder));
        } catch (IllegalArgumentException | RefusedException e) {
            return Optional.empty(); // none of ours
        }
    }
}
