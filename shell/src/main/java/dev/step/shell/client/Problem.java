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
    /** The server's answer breaks the protocol. */
    BAD_ANSWER,
    /** The content here and there is not the same. */
    DIFFERENT,
    /** A file with that name is there, with other content. */
    EXISTS,
    /** No such key, or no such local file. */
    NOT_FOUND,
    /** The server has no space for it. */
    NO_SPACE,
    /** Something about a local file. */
    LOCAL_FILE,
    /** The server is too old for it. */
    UNSUPPORTED,
    /** The user stopped it. */
    CANCELLED;

    /** Whether the same would happen to whatever comes next. */
    public boolean endsEverything() {
        return switch (this) {
            case CANNOT_CONNECT, UNTRUSTED, LOGIN_REFUSED, NO_ANSWER, CANCELLED -> true;
            case REFUSED, BAD_ANSWER, DIFFERENT, EXISTS, NOT_FOUND, NO_SPACE, LOCAL_FILE, UNSUPPORTED -> false;
        };
    }
}
