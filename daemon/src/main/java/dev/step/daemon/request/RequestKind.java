package dev.step.daemon.request;

import dev.step.protocol.ResourceType;
import dev.step.protocol.message.Envelope;
import java.util.Locale;

/** What a request asks for, as requests are counted and logged: a pair of type and operation that belong together. */
public enum RequestKind {
    AUTH_LOGIN,
    AUTH_STATUS,
    BYE,
    FILE_SAVE,
    FILE_UPLOAD,
    FILE_GET,
    FILE_DOWNLOAD,
    FILE_STATUS,
    FILE_MOVE,
    FILE_COPY,
    FILE_DELETE,
    DATA_SAVE,
    DATA_GET,
    DATA_DELETE,
    /** No pair that there is, or not even a request: whatever clients send, it is counted under few names. */
    OTHER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Its name for machines: that of the constant, in small letters. */
    public String label() {
        return label;
    }

    static RequestKind of(Envelope envelope) {
        ResourceType type = envelope.type();
        return switch (envelope.operation()) {
            case LOGIN -> type == ResourceType.AUTH ? AUTH_LOGIN : OTHER;
            case BYE -> BYE;
            case STATUS -> ofType(type, FILE_STATUS, OTHER, AUTH_STATUS);
            case SAVE -> ofType(type, FILE_SAVE, DATA_SAVE, OTHER);
            case GET -> ofType(type, FILE_GET, DATA_GET, OTHER);
            case DELETE -> ofType(type, FILE_DELETE, DATA_DELETE, OTHER);
            case UPLOAD -> ofType(type, FILE_UPLOAD, OTHER, OTHER);
            case DOWNLOAD -> ofType(type, FILE_DOWNLOAD, OTHER, OTHER);
            case MOVE -> ofType(type, FILE_MOVE, OTHER, OTHER);
            case COPY -> ofType(type, FILE_COPY, OTHER, OTHER);
        };
    }

    private static RequestKind ofType(ResourceType type, RequestKind file, RequestKind data, RequestKind auth) {
        return switch (type) {
            case FILE -> file;
            case DATA -> data;
            case AUTH -> auth;
        };
    }
}
