package dev.step.shell.client;

import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.Status;
import dev.step.protocol.message.DeleteFile;
import dev.step.protocol.message.FileStatus;
import dev.step.protocol.message.KeyAnswer;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.ListUploads;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.UploadList;
import dev.step.protocol.message.UploadStatus;
import java.nio.file.Path;
import java.util.Optional;

/** The user's uploads that are not complete, on a server that keeps them. */
public final class UnfinishedUploads {
    private final Session session;

    public UnfinishedUploads(Session session) {
        this.session = session;
    }

    /** One page of them, in the order of their keys; empty {@code after}: the first. */
    public UploadList list(Optional<String> after) throws ClientException {
        OldServers.checkUploads(session);
        ListQuery query = new ListQuery("", Optional.empty(), after, Limits.MAX_LIST_KEYS, false);
        UploadList page = session.ask(new ListUploads(query), UploadList::read);
        RemoteFiles.checkProgress(after, page.after());
        return page;
    }

    /** Throws away what has arrived; a complete file of that key stays. */
    public void cancel(Key key) throws ClientException {
        OldServers.checkUploads(session);
        Response response = session.exchange(new DeleteFile(key, true));
        if (response.code() == Status.NOT_FOUND.code()) {
            throw none(key);
        }
        Session.read(response, KeyAnswer::read);
    }

    /**
     * Checks that there is one that a file may be the rest of.
     *
     * @throws ClientException {@link Problem#NOT_FOUND} or {@link Problem#DIFFERENT}
     */
    public void check(Path file, Key key) throws ClientException {
        OldServers.checkUploads(session);
        long size = LocalFiles.size(file);
        Response response = session.exchange(new FileStatus(key, false, Optional.empty()));
        if (response.code() == Status.NOT_FOUND.code()) {
            throw none(key);
        }
        UploadStatus status = Session.read(response, UploadStatus::read);
        if (status.uploadId().isEmpty()) {
            throw none(key);
        }
        if (status.blocks().size() != size) {
            throw new ClientException(
                    Problem.DIFFERENT,
                    file + " has " + size + " bytes, the unfinished upload of key " + key + " "
                            + status.blocks().size() + "; put sends it from its start");
        }
    }

    private static ClientException none(Key key) {
        return new ClientException(Problem.NOT_FOUND, "key " + key + " has no unfinished upload; uploads lists them");
    }
}
