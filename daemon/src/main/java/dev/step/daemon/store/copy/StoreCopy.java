package dev.step.daemon.store.copy;

import com.google.gson.JsonObject;
import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.Store;
import dev.step.daemon.store.UserData;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import dev.step.protocol.message.FileDetail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies all files and values of one store into another. What is there with the same content is passed over, so that a copy
 * that was cut short can be run again; what is there with another content stays as it is. What cannot be read is told, and the
 * others go on; a target that fails ends the copy.
 */
public final class StoreCopy {
    private final StoreSource from;
    private final Store to;
    private final CopyReport report;

    /** @param report is told of everything */
    public StoreCopy(StoreSource from, Store to, CopyReport report) {
        this.from = from;
        this.to = to;
        this.report = report;
    }

    /**
     * Copies everything.
     *
     * @throws IOException when the source cannot be walked or the target not be written: what was copied before stays
     */
    public void run() throws IOException {
        report.unfinished(from.unfinishedUploads());
        for (UserName user : from.users()) {
            try (UserCopy files = new UserCopy(user)) {
                from.forEachFile(user, files::visit);
                files.publish();
            }
            UserData data = to.data(user);
            from.forEachValue(user, (key, value) -> copyValue(user, key, value, data));
        }
    }

    private void copyValue(UserName user, Key key, StoreSource.Opening<JsonObject> source, UserData data)
            throws IOException {
        try {
            JsonObject value = open(source);
            if (isSaved(key, value, data)) {
                report.value();
            } else {
                report.skipped();
            }
        } catch (SourceFailedException e) {
            report.failed(user, key, e.reason());
        } catch (RefusedException e) {
            refused(user, key, e);
        }
    }

    /**
     * Saves a value.
     *
     * @return false if it is there already
     * @throws RefusedException 402 when another is there
     */
    private static boolean isSaved(Key key, JsonObject value, UserData data) throws IOException, RefusedException {
        try {
            data.save(key, value);
            return true;
        } catch (RefusedException e) {
            if (e.status() == Status.EXISTS && data.get(key).equals(value)) {
                return false;
            }
            throw e;
        }
    }

    private static <T> T open(StoreSource.Opening<T> source) throws SourceFailedException {
        try {
            return source.open();
        } catch (IOException e) {
            throw new SourceFailedException(e);
        }
    }

    /** A target without room has none for the others either. */
    private void refused(UserName user, Key key, RefusedException reason) throws IOException {
        if (reason.status() == Status.TOO_LARGE) {
            throw new IOException(reason.getMessage() + " Make room, and copy again: what has come stays", reason);
        }
        report.failed(user, key, String.valueOf(reason.getMessage()));
    }

    /** One user's files on their way. */
    private final class UserCopy implements AutoCloseable {
        private final UserName user;
        private final UserFiles files;
        private final FilesThere there;
        private final Arrivals arrivals;
        private final List<FileDetail> arrived = new ArrayList<>();

        UserCopy(UserName user) {
            this.user = user;
            this.files = to.files(user);
            this.there = new FilesThere(files);
            this.arrivals = files.arrivals();
        }

        void visit(FileDetail file, StoreSource.Opening<OpenFile> source) throws IOException {
            try {
                Optional<FileDetail> old = there.find(file.key());
                if (old.isEmpty()) {
                    copy(file, source);
                } else if (there.isSame(old.get(), file)) {
                    report.skipped();
                } else {
                    report.failed(user, file.key(), "the target has another content of this key, which stays");
                }
            } catch (SourceFailedException e) {
                report.failed(user, file.key(), e.reason());
            } catch (RefusedException e) {
                refusedOrThere(file, e);
            }
        }

        /** A copy that was cut off may have left a file that is complete but for its name: announcing it again names it. */
        private void refusedOrThere(FileDetail file, RefusedException reason) throws IOException {
            if (reason.status() == Status.EXISTS && there.hasSame(file)) {
                report.skipped();
            } else {
                refused(user, file.key(), reason);
            }
        }

        private void copy(FileDetail file, StoreSource.Opening<OpenFile> source)
                throws IOException, RefusedException, SourceFailedException {
            try (OpenFile opened = open(source)) {
                SourceContent content = new SourceContent(opened);
                if (FileCopy.isWhole(content.file().size())) {
                    FileCopy.addWhole(content, arrivals);
                    arrived.add(file);
                } else {
                    new FileCopy(files).copyBlocks(content);
                    report.file(file.size());
                }
            }
            if (arrivals.isFull()) {
                publish();
            }
        }

        /** Publishes those that came whole. */
        void publish() throws IOException {
            List<FileDetail> published = List.copyOf(arrived);
            arrived.clear();
            List<Arrivals.Outcome> outcomes = arrivals.publish();
            for (int i = 0; i < published.size(); i++) {
                FileDetail file = published.get(i);
                try {
                    outcomes.get(i).get();
                    report.file(file.size());
                } catch (RefusedException e) {
                    refusedOrThere(file, e);
                }
            }
        }

        @Override
        public void close() {
            arrivals.close();
        }
    }
}
