package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;
import dev.step.protocol.ResourceType;
import dev.step.protocol.Status;
import java.util.Optional;

/** What a client asks for: one record for each pair of type and operation. */
public sealed interface Request {
    Operation operation();

    ResourceType type();

    /** Whether it comes to the same when it is carried out twice: its answer, too. */
    default boolean isRepeatable() {
        return true;
    }

    /** Adds this request's own fields. */
    void writeTo(JsonObject fields);

    /** The whole JSON part of this request; only a LOGIN has no token. */
    default JsonObject toJson(Optional<String> token) {
        JsonObject fields = new JsonObject();
        writeTo(fields);
        fields.addProperty(Field.OPERATION, operation().name());
        fields.addProperty(Field.DIRECTION, Envelope.REQUEST);
        fields.addProperty(Field.TYPE, type().name());
        if (token.isPresent()) {
            fields.addProperty(Field.TOKEN, token.get());
        }
        return fields;
    }

    /** A request about files. */
    sealed interface OfFile extends Request
            permits SaveFile,
                    UploadBlock,
                    UploadWhole,
                    GetFile,
                    ListFiles,
                    DownloadBlock,
                    DeleteFile,
                    FileStatus,
                    ListUploads,
                    MoveFile {
        @Override
        default ResourceType type() {
            return ResourceType.FILE;
        }
    }

    /** A request about values. */
    sealed interface OfData extends Request permits SaveData, GetData, ListData, DeleteData {
        @Override
        default ResourceType type() {
            return ResourceType.DATA;
        }
    }

    /** A request about the session. */
    sealed interface OfSession extends Request permits Login, Bye, SessionStatus {}

    /**
     * Reads the fields of the operation.
     *
     * @throws RefusedException 408 when the operation does not fit the type, 409 for a LOGIN of another type, 410 for
     *     a field
     */
    static Request read(Envelope envelope) throws RefusedException {
        Fields fields = envelope.fields();
        return switch (envelope.operation()) {
            case LOGIN -> Login.read(envelope.type(), fields);
            case BYE -> new Bye(envelope.type());
            case SAVE -> ofFileOrData(envelope) ? SaveFile.read(fields) : SaveData.read(fields);
            case GET -> ofFileOrData(envelope) ? readGetFile(fields) : readGetData(fields);
            case DELETE -> ofFileOrData(envelope) ? DeleteFile.read(fields) : DeleteData.read(fields);
            case UPLOAD -> readUpload(ofFile(envelope));
            case DOWNLOAD -> DownloadBlock.read(ofFile(envelope));
            case STATUS -> readStatus(envelope);
            case MOVE -> MoveFile.read(ofFile(envelope), false);
            case COPY -> MoveFile.read(ofFile(envelope), true);
        };
    }

    private static Request readUpload(Fields fields) throws RefusedException {
        return fields.flag(Field.WHOLE) ? UploadWhole.read(fields) : UploadBlock.read(fields);
    }

    private static Request readGetFile(Fields fields) throws RefusedException {
        return fields.has(Field.KEY) ? GetFile.read(fields) : ListFiles.read(fields);
    }

    private static Request readGetData(Fields fields) throws RefusedException {
        return fields.has(Field.KEY) ? GetData.read(fields) : ListData.read(fields);
    }

    private static Request readStatus(Envelope envelope) throws RefusedException {
        if (envelope.type() == ResourceType.AUTH) {
            return new SessionStatus();
        }
        Fields fields = ofFile(envelope);
        return fields.has(Field.KEY) ? FileStatus.read(fields) : ListUploads.read(fields);
    }

    private static boolean ofFileOrData(Envelope envelope) throws RefusedException {
        return switch (envelope.type()) {
            case FILE -> true;
            case DATA -> false;
            case AUTH -> throw doesNotFit(envelope);
        };
    }

    private static Fields ofFile(Envelope envelope) throws RefusedException {
        if (envelope.type() != ResourceType.FILE) {
            throw doesNotFit(envelope);
        }
        return envelope.fields();
    }

    private static RefusedException doesNotFit(Envelope envelope) {
        return new RefusedException(
                Status.NOT_ALLOWED,
                "Operation " + envelope.operation() + " is not allowed for type " + envelope.type() + ".");
    }
}
