package dev.step.daemon.store;

import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;

/** What the store says no with, in the words that the reference server uses: old clients search them. */
public final class Refusals {
    private static final String AVAILABLE = "available";

    private Refusals() {}

    public static RefusedException exists(Key key) {
        return new RefusedException(Status.EXISTS, "This \"key\" " + key + " is existing.");
    }

    public static RefusedException notExisting(Key key) {
        return new RefusedException(Status.NOT_FOUND, "The key " + key + " is not existing.");
    }

    public static RefusedException notComplete(Key key) {
        return new RefusedException(Status.NOT_FOUND, "The key " + key + " is not completely uploaded.");
    }

    public static RefusedException discarded(Key key) {
        return new RefusedException(
                Status.NOT_FOUND, "The \"key\" " + key + " is not completely uploaded. The tmp files are deleted.");
    }

    /** Clients take the words "completely uploaded" in an answer to UPLOAD for success. */
    public static RefusedException complete(Key key) {
        return new RefusedException(Status.EXISTS, "The \"key\" " + key + " is completely uploaded.");
    }

    public static RefusedException noUpload(Key key) {
        return new RefusedException(
                Status.NOT_ALLOWED, "The \"key\" " + key + " has no upload plan. Please SAVE it first.");
    }

    public static RefusedException superseded(Key key) {
        return new RefusedException(
                Status.NOT_ALLOWED, "This upload of the \"key\" " + key + " was discarded. Please SAVE it again.");
    }

    /** What was received is still there: only what failed has to be sent again. */
    public static RefusedException failed(Key key) {
        return new RefusedException(
                Status.SERVER_FAILED, "The disk failed this upload of the \"key\" " + key + ". Please try again.");
    }

    public static RefusedException otherContent(Key key, Digest found, Digest expected) {
        return new RefusedException(
                Status.CONTENT_DIFFERS,
                "The content of the \"key\" " + key + " came to " + found.hex() + ", not " + expected.hex()
                        + ": nothing was stored. Please SAVE it again.");
    }

    public static RefusedException noRoom(long wanted, long available) {
        return new RefusedException(
                        Status.TOO_LARGE,
                        "There is no room for " + wanted + " bytes: " + available + " bytes are available.")
                .with(AVAILABLE, available);
    }

    public static RefusedException overQuota(long wanted, long available) {
        return new RefusedException(
                        Status.TOO_LARGE,
                        "Your quota has no room for " + wanted + " bytes: " + available + " bytes are available.")
                .with(AVAILABLE, available);
    }

    public static RefusedException tooManyFiles(long allowed) {
        return new RefusedException(Status.TOO_LARGE, "Your quota is " + allowed + " files: there is room for no more.")
                .with(AVAILABLE, 0);
    }

    public static RefusedException fileTooLarge(long allowed) {
        return new RefusedException(Status.TOO_LARGE, "A file may have at most " + allowed + " bytes here.")
                .with(AVAILABLE, allowed);
    }

    public static RefusedException replaced(Key key) {
        return new RefusedException(Status.CONTENT_DIFFERS, "The key " + key + " has another content by now.");
    }
}
