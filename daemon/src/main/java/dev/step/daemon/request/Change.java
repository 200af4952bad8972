package dev.step.daemon.request;

import dev.step.protocol.Key;
import dev.step.protocol.Status;
import dev.step.protocol.message.DeleteData;
import dev.step.protocol.message.DeleteFile;
import dev.step.protocol.message.MoveFile;
import dev.step.protocol.message.Request;
import dev.step.protocol.message.SaveData;
import dev.step.protocol.message.SaveFile;
import dev.step.protocol.message.UploadBlock;
import dev.step.protocol.message.UploadWhole;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a request changes. Announcing an upload and sending a block do not count as changes, but completing a file does.
 *
 * @param key of what is changed
 * @param to the other key, of a file that is moved or copied
 * @param bytes how large the file is
 */
public record Change(Optional<Key> key, Optional<Key> to, OptionalLong bytes) {
    /** Something without a name: a login. */
    static final Change UNNAMED = new Change(Optional.empty(), Optional.empty(), OptionalLong.empty());

    static Change of(Key key) {
        return new Change(Optional.of(key), Optional.empty(), OptionalLong.empty());
    }

    static Change of(Key key, long bytes) {
        return new Change(Optional.of(key), Optional.empty(), OptionalLong.of(bytes));
    }

    static Change of(MoveFile move) {
        return new Change(Optional.of(move.key()), Optional.of(move.to()), OptionalLong.empty());
    }

    /**
     * What a request that was refused would have changed. A block is worth a word only when the file or the server failed:
     * some old clients send all blocks of a file that they were told is there already.
     *
     * @param request null when it could not even be read
     */
    static Optional<Change> refused(RequestKind kind, @Nullable Request request, Status status) {
        return switch (kind) {
            case AUTH_LOGIN -> Optional.of(UNNAMED);
            case FILE_SAVE, FILE_MOVE, FILE_COPY, FILE_DELETE, DATA_SAVE, DATA_DELETE -> Optional.of(asked(request));
            case FILE_UPLOAD ->
                request instanceof UploadWhole || isFailure(status) ? Optional.of(asked(request)) : Optional.empty();
            case AUTH_STATUS, BYE, FILE_GET, FILE_DOWNLOAD, FILE_STATUS, DATA_GET, OTHER -> Optional.empty();
        };
    }

    private static boolean isFailure(Status status) {
        return status == Status.CONTENT_DIFFERS || status == Status.TOO_LARGE || status == Status.SERVER_FAILED;
    }

    private static Change asked(@Nullable Request request) {
        if (request instanceof SaveFile save) {
            return new Change(save.key(), Optional.empty(), OptionalLong.of(save.size()));
        } else if (request instanceof SaveData save) {
            return new Change(save.key(), Optional.empty(), OptionalLong.empty());
        } else if (request instanceof UploadBlock block) {
            return of(block.key());
        } else if (request instanceof UploadWhole whole) {
            return of(whole.key());
        } else if (request instanceof MoveFile move) {
            return of(move);
        } else if (request instanceof DeleteFile delete) {
            return of(delete.key());
        } else if (request instanceof DeleteData delete) {
            return of(delete.key());
        }
        return UNNAMED;
    }
}
