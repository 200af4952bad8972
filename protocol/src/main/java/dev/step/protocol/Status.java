package dev.step.protocol;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every status of the protocol: the one table that server, client and documents share.
 *
 * <p>The statuses up to 410 are the core's and known to all peers. The later ones are extensions: a peer whose
 * login did not name any features is never sent one, because some take an unknown status for success. Such a
 * peer gets {@link #forOldPeers()} with the same words.
 */
public enum Status {
    /** The request was carried out. */
    OK(200),
    /** The answer to the echo test {@code direction: EARTH}. */
    ECHO(333),
    /** The message is not a JSON object, or lacks operation, direction or type. */
    MALFORMED(400),
    /** The password of a LOGIN is wrong. */
    WRONG_PASSWORD(401),
    /** SAVE: the key exists. UPLOAD: the file is complete. */
    EXISTS(402),
    /** The token is missing, malformed, expired or wrong, or plain text is not allowed. */
    UNAUTHORIZED(403),
    /** No such key, or its upload is not complete. */
    NOT_FOUND(404),
    /** The block index is beyond the last block. */
    NO_SUCH_BLOCK(405),
    /** A block has the wrong length, or its checksum does not match. */
    BAD_BLOCK(406),
    /** The direction is not REQUEST. */
    WRONG_DIRECTION(407),
    /** The operation is unknown or does not fit the type, or an UPLOAD has no plan. */
    NOT_ALLOWED(408),
    /** The type is unknown, or a LOGIN is not of type AUTH. */
    WRONG_TYPE(409),
    /** A field that the operation needs is missing, null or of the wrong kind. */
    BAD_FIELD(410),
    /** The content's digest, or the version asked for, is another. */
    CONTENT_DIFFERS(412),
    /** Too large, over the quota, or no space left. */
    TOO_LARGE(413),
    /** Too many attempts or connections. */
    TOO_MANY(429),
    /** The server failed; nothing is lost and the request may be sent again. */
    SERVER_FAILED(500),
    /** The server is shutting down. */
    SHUTTING_DOWN(503);

    private static final int LAST_CORE_CODE = 410;

    private final int code;

    Status(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** This status, or for an extension status the core's {@link #BAD_FIELD} that stands for it. */
    public Status forOldPeers() {
        return code <= LAST_CORE_CODE ? this : BAD_FIELD;
    }

    /** The status with this number; empty for numbers the protocol does not know. */
    public static Optional<Status> of(int code) {
        return Arrays.stream(values()).filter(status -> status.code == code).findFirst();
    }
}
