package dev.step.daemon.request;

import dev.step.daemon.auth.Caller;
import dev.step.daemon.store.Store;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.Usage;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.AccountStatus;
import dev.step.protocol.message.FileStatus;
import dev.step.protocol.message.FileVerified;
import dev.step.protocol.message.ListUploads;
import dev.step.protocol.message.SessionStatus;
import dev.step.protocol.message.UploadStatus;
import java.io.IOException;
import java.util.Optional;

/** Requests that ask how things stand: extension {@code status}. */
final class StatusHandler {
    private static final String MESSAGE = "This is the status.";

    private final Store store;

    StatusHandler(Store store) {
        this.store = store;
    }

    Reply file(FileStatus request, Caller caller, Client client) throws IOException, RefusedException {
        UserFiles files = files(caller);
        if (request.verify()) {
            return new Reply(MESSAGE, verified(request, files));
        }
        Optional<Upload> upload = files.unfinished(request.key());
        return new Reply(MESSAGE, upload.isPresent() ? unfinished(request, upload.get()) : complete(request, files));
    }

    private static UploadStatus unfinished(FileStatus request, Upload upload) throws IOException, RefusedException {
        return new UploadStatus(request.key(), upload.plan(), Optional.of(upload.id()), upload.missing());
    }

    private static UploadStatus complete(FileStatus request, UserFiles files) throws IOException, RefusedException {
        StoredFile file = files.find(request.key());
        long leastBlockSize = file.size() / Limits.MAX_BLOCKS + 1;
        int blockSize = (int) Math.max(Limits.DEFAULT_BLOCK_BYTES, leastBlockSize);
        return new UploadStatus(
                request.key(), new BlockPlan(file.size(), blockSize), Optional.empty(), BlockRanges.NONE);
    }

    private static FileVerified verified(FileStatus request, UserFiles files) throws IOException, RefusedException {
        StoredFile file = files.find(request.key());
        DigestAlgorithm algorithm = request.digest().orElseGet(() -> file.digests().stream()
                .map(Digest::algorithm)
                .findFirst()
                .orElse(DigestAlgorithm.MD5));
        Digest stored = files.digest(file, algorithm);
        Digest found = files.reread(file, algorithm);
        return new FileVerified(file.key(), file.size(), found, found.equals(stored));
    }

    Reply uploads(ListUploads request, Caller caller, Client client) throws IOException {
        return new Reply(MESSAGE, files(caller).uploads(request.query()));
    }

    Reply session(SessionStatus request, Caller caller, Client client) throws IOException {
        UserFiles files = files(caller);
        Usage usage = files.usage();
        long values = store.data(caller.user()).bytes();
        return new Reply(
                MESSAGE,
                new AccountStatus(
                        caller.user().text(),
                        new AccountStatus.Taken(usage.files(), usage.bytes() + values, files.pendingBytes()),
                        files.quota(),
                        caller.tokenExpires()));
    }

    private UserFiles files(Caller caller) {
        return store.files(caller.user());
    }
}
