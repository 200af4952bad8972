package dev.step.daemon.store.disk;

import dev.step.protocol.UserName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where everything lies: the package comment in code. */
record StorePaths(Path root) {
    /** Linux's bound for the length of a path, in bytes, less the NUL at its end. */
    private static final int MAX_PATH_BYTES = 4_095;

    private static final int LONGEST_BELOW_ROOT =
            "/users/".length() + EscapedPath.MAX_USER_CHARS + "/files-2/".length() + EscapedPath.MAX_KEY_CHARS;

    /** How long the root's path may be, in bytes, so that the longest key of the longest user still has a path. */
    static final int MAX_ROOT_BYTES = MAX_PATH_BYTES - LONGEST_BELOW_ROOT;

    boolean leavesRoomForKeys() {
        return root.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_ROOT_BYTES;
    }

    Path format() {
        return root.resolve("format");
    }

    Path newFormat() {
        return root.resolve("format.new");
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path uploads() {
        return root.resolve("uploads");
    }

    /** Where damaged uploads wait for a person to look at them. */
    Path quarantine() {
        return root.resolve("quarantine");
    }

    Path users() {
        return root.resolve("users");
    }

    UserPaths user(UserName user) {
        return new UserPaths(EscapedPath.of(users(), user));
    }
}
