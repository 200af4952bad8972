package dev.step.shell.command;

import dev.step.shell.client.Problem;

/** What the process, or one command, ended with: the one table that scripts rely on. */
public enum ExitStatus {
    OK(0),
    /** A command failed, for a reason that none of the others is. */
    FAILED(1),
    /** The command line, or a command, was not understood. */
    USAGE(2),
    NO_CONNECTION(3),
    LOGIN_REFUSED(4),
    /** Content differs. */
    DIFFERENT(5),
    /** No such key, or no such local file. */
    NOT_FOUND(6),
    /** No space, or over the quota. */
    NO_SPACE(7),
    INTERRUPTED(130);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The status that stands for a problem. */
    public static ExitStatus of(Problem problem) {
        return switch (problem) {
            case CANNOT_CONNECT, UNTRUSTED -> NO_CONNECTION;
            case LOGIN_REFUSED -> LOGIN_REFUSED;
            case DIFFERENT -> DIFFERENT;
            case NOT_FOUND -> NOT_FOUND;
            case NO_SPACE -> NO_SPACE;
            case CANCELLED -> INTERRUPTED;
            case REFUSED, NO_ANSWER, BAD_ANSWER, EXISTS, LOCAL_FILE, UNSUPPORTED -> FAILED;
        };
    }
}
