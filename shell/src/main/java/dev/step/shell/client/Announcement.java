package dev.step.shell.client;

import dev.step.protocol.Feature;
import dev.step.protocol.Key;
import dev.step.protocol.Status;
import dev.step.protocol.message.FileStatus;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.SaveFile;
import dev.step.protocol.message.SaveOptions;
import dev.step.protocol.message.UploadPlan;
import dev.step.protocol.message.UploadStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells the server about a file that is to come, and tells it again when the connection was lost: FILE SAVE. */
final class Announcement {
    private final Pace pace;
    private final Session session;
    private final Key key;
    private final LocalFile file;
    private boolean replaces;

    Announcement(Pace pace, Key key, LocalFile file) {
        this.pace = pace;
        this.session = pace.session();
        this.key = key;
        this.file = file;
    }

    Key key() {
        return key;
    }

    LocalFile file() {
        return file;
    }

    /** Whether the server keeps what has arrived, and publishes nothing that was not checked as a whole. */
    boolean isResumable() {
        return session.offers(Feature.RESUME)
                && session.offers(Feature.UPLOAD_ID)
                && session.offers(Feature.VERIFY_ON_PUBLISH);
    }

    /** Announces it as what is to take the place of the content that the server has. */
    Response replace() throws ClientException {
        replaces = true;
        return send();
    }

    /**
     * What the server says to a file that it is told about for the first time.
     *
     * @param unfinished the upload of its key that the server had not finished before; empty where none can be worth much
     */
    record FirstAnswer(Optional<String> unfinished, Response response) {}

    /** Announces it for the first time. */
    FirstAnswer begin() throws ClientException {
        if (!mayBeUnfinished()) {
            return new FirstAnswer(Optional.empty(), send());
        }
        List<Response> responses =
                session.exchanges().exchangePatiently(List.of(new FileStatus(key, false, Optional.empty()), request()));
        return new FirstAnswer(unfinished(responses.get(0)), responses.get(1));
    }

    private boolean mayBeUnfinished() {
        OptionalInt blockSize = pace.blockSize(file.size());
        boolean oneBlock = blockSize.isPresent() && file.size() <= blockSize.getAsInt();
        return !oneBlock && isResumable() && session.offers(Feature.STATUS);
    }

    private static Optional<String> unfinished(Response status) throws ClientException {
        return status.code() == Status.NOT_FOUND.code()
                ? Optional.empty()
                : Session.read(status, UploadStatus::read).uploadId();
    }

    /** Announces it again. */
    Response send() throws ClientException {
        return session.exchanges().exchangePatiently(request());
    }

    private SaveFile request() {
        boolean resumable = isResumable();
        return request(
                resumable ? new SaveOptions.Resume(true, Optional.of(file.fingerprint())) : SaveOptions.Resume.NONE,
                new SaveOptions.Publishing(replaces, resumable, session.digest()));
    }

    /** The announcement of a file that comes in one block: that never resumes, and here replaces nothing. */
    SaveFile ofWhole() {
        return request(SaveOptions.Resume.NONE, new SaveOptions.Publishing(false, true, session.digest()));
    }

    private SaveFile request(SaveOptions.Resume resume, SaveOptions.Publishing publishing) {
        SaveOptions options = new SaveOptions(pace.blockSize(file.size()), resume, publishing, modified());
        return new SaveFile(Optional.of(key), file.size(), options);
    }

    private Optional<Instant> modified() {
        return session.offers(Feature.TIMES) ? Optional.of(file.modified()) : Optional.empty();
    }

    /** The plan in an answer. */
    UploadPlan plan(Response response) throws ClientException {
        UploadPlan plan = Session.read(response, UploadPlan::read);
        if (!plan.key().equals(key) || plan.blocks().size() != file.size()) {
            throw ClientException.badAnswer("the upload plan is for another file");
        }
        return plan;
    }
}
