package dev.step.s3;

import dev.step.daemon.journal.UploadId;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;

/** Where one user's things lie; the package's comment draws it. */
record ObjectNames(UserName user) {
    static final String UPLOADS = "uploads/";
    static final String CONTENT = "content/";
    static final String TRY = "try";
    static final String GARBAGE = "garbage/";
    private static final int LONGEST_USER_CHARS = 120;

    /** Below which the complete files are. */
    String files() {
        return "files/" + folder();
    }

    String file(Key key) {
        return files() + KeyName.of(key);
    }

    /** Below which the values are. */
    String values() {
        return "data/" + folder();
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

    /** No name is another's hash: none of those begins with a "u". */
    private String folder() {
        String name = KeyName.escape(user.text()).replace("/", "~2F");
        return (name.length() <= LONGEST_USER_CHARS ? "u" + name : KeyName.hash(user.text())) + "/";
    }
}
