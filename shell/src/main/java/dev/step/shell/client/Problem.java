package dev.step.shell.client;

/** What kind of thing went wrong: what a script that acts on it has to tell apart. */
public enum Problem {
    /** No server there, or it went away and did not come back. */
    CANNOT_CONNECT,
    /** The server is not known to be who it should be. */
    UNTRUSTED,
    /** The server does not accept this user or password. */
    LOGIN_REFUSED,
    /** The server answered, with a refusal that is none of the others. */
    REFUSED,
    /** The server did not answer in time. */
    NO_ANSWER,
    /** The server cannot do it now: it is busy, has failed or is leaving. Nothing is lost. */
    TRY_AGAIN,
    /** The server's answer breaks the protocol. */
    BAD_ANSWER,
    /** The content here and there is not the same. */
    DIFFERENT,
    /** A file with that name is there, with other content. */
    EXISTS,
    /** No such key, or no such local file. */
    NOT_FOUND,
    /** There is no space for it, or the quota allows no more of it. */
    NO_SPACE,
    /** Something about a local file. */
    LOCAL_FILE,
    /** The server is too old for it. */
    UNSUPPORTED,
    /** The user stopped it. */
    CANCELLED;

    /** Whether a transfer that ended so can be continued where it is. */
    boolean leavesTransferUnfinished() {
        return endsEverything() || this == TRY_AGAIN;
    }

    /** Whether the same would happen to whatever comes next. */
    public boolean endsEverything() {
        return switch (this) {
            case CANNOT_CONNECT, UNTRUSTED, LOGIN_REFUSED, NO_ANSWER, CANCELLED -> true;
            case REFUSED, TRY_AGAIN, BAD_ANSWER, DIFFERENT, EXISTS, NOT_FOUND, NO_SPACE, LOCAL_FILE, UNSUPPORTED ->
                false;
        };
    }
}
