package dev.step.shell.bench;

import java.util.Arrays;
import java.util.Optional;

/** What is timed. */
public enum Action {
    /** A file is sent and compared: what the command of that name does. */
    PUT("put", true),
    /** A file is fetched into a local file and compared. */
    GET("get", true),
    /** The client's own share of a transfer: a local file is read and hashed, and no server takes part. */
    READ("read and hash", false),
    /** A small request that writes nothing: a round trip. */
    ASK("data get", false),
    /** A small request that a careful server writes to its disk, and syncs, before it answers. */
    SAVE("data save", false),
    /** The plan of a file, without its bytes. */
    INFO("info", false);

    private final String userName;
    private final boolean movesFiles;

    Action(String userName, boolean movesFiles) {
        this.userName = userName;
        this.movesFiles = movesFiles;
    }

    /** The action that is called so. */
    public static Optional<Action> find(String name) {
        return Arrays.stream(values())
                .filter(action -> action.userName.equals(name))
                .findFirst();
    }

    public String userName() {
        return userName;
    }

    /** Whether a file travels. */
    public boolean movesFiles() {
        return movesFiles;
    }
}
