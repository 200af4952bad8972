package dev.step.shell.client;

import dev.step.protocol.Status;
import dev.step.protocol.message.Response;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/** Something did not work. The message is one line for the user: what happened and, where there is one, what to do. */
public final class ClientException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the system says when there is no space. */
    private static final Set<String> NO_ROOM = Set.of("No space left on device", "Disk quota exceeded");

    private final Problem problem;

    public ClientException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    private ClientException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** The server said no. */
    static ClientException refused(Response response) {
        Problem problem = problemOf(response);
        String words = response.message().isEmpty() ? "no reason given" : response.message();
        return new ClientException(problem, "the server refused: " + words + " (status " + response.code() + ")");
    }

    private static Problem problemOf(Response response) {
        return response.status().map(ClientException::problemOf).orElse(Problem.REFUSED);
    }

    /** A login was refused: because of who it is, or because the server cannot look at it now. */
    static ClientException loginRefused(Account account, Response response) {
        Problem problem = problemOf(response) == Problem.TRY_AGAIN ? Problem.TRY_AGAIN : Problem.LOGIN_REFUSED;
        String words = response.message().isEmpty() ? "status " + response.code() : response.message();
        return new ClientException(
                problem, "login of " + account.user() + " at " + account.address() + " refused: " + words);
    }

    private static Problem problemOf(Status status) {
        return switch (status) {
            case WRONG_PASSWORD, UNAUTHORIZED -> Problem.LOGIN_REFUSED;
            case NOT_FOUND -> Problem.NOT_FOUND;
            case CONTENT_DIFFERS -> Problem.DIFFERENT;
            case EXISTS -> Problem.EXISTS;
            case TOO_LARGE -> Problem.NO_SPACE;
            case TOO_MANY, SERVER_FAILED, SHUTTING_DOWN -> Problem.TRY_AGAIN;
            case OK, ECHO, MALFORMED, NO_SUCH_BLOCK, BAD_BLOCK, WRONG_DIRECTION, NOT_ALLOWED, WRONG_TYPE, BAD_FIELD ->
                Problem.REFUSED;
        };
    }

    /** The answer is one that no honest server gives. */
    static ClientException badAnswer(String detail) {
        return new ClientException(Problem.BAD_ANSWER, "the server's answer breaks the protocol: " + detail);
    }

    /** The connection ended and cannot be replaced. */
    static ClientException lost(ConnectionLostException cause) {
        Problem problem = cause.isTimeout() ? Problem.NO_ANSWER : Problem.CANNOT_CONNECT;
        return new ClientException(problem, String.valueOf(cause.getMessage()), cause);
    }

    static ClientException cancelled() {
        return new ClientException(Problem.CANCELLED, "interrupted");
    }

    /** A local file cannot be read or written. */
    public static ClientException local(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException missing) {
            return new ClientException(Problem.NOT_FOUND, missing.getFile() + ": no such file or folder", cause);
        }
        if (cause instanceof AccessDeniedException denied) {
            return new ClientException(Problem.LOCAL_FILE, denied.getFile() + ": permission denied", cause);
        }
        String reason = reason(cause);
        return NO_ROOM.contains(reason)
                ? new ClientException(Problem.NO_SPACE, file + ": " + reason + "; make room, and do it again", cause)
                : new ClientException(Problem.LOCAL_FILE, file + ": " + reason, cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof CharacterCodingException) {
            return "not a text in UTF-8";
        }
        String words = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
        return words == null ? cause.getClass().getSimpleName() : words;
    }

    /** The same, with what to do about it. */
    ClientException withAdvice(String advice) {
        return new ClientException(problem, getMessage() + "; " + advice, this);
    }

    public Problem problem() {
        return problem;
    }
}
