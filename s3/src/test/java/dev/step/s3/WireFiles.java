package dev.step.s3;

import com.google.gson.JsonObject;
import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.Usage;
import dev.step.daemon.store.UserFiles;
import dev.step.daemon.store.WholeFile;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.message.DeleteFile;
import dev.step.protocol.message.DownloadBlock;
import dev.step.protocol.message.DownloadPlan;
import dev.step.protocol.message.Fields;
import dev.step.protocol.message.FileList;
import dev.step.protocol.message.FileStatus;
import dev.step.protocol.message.GetFile;
import dev.step.protocol.message.ListFiles;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.ListUploads;
import dev.step.protocol.message.MoveFile;
import dev.step.protocol.message.Quota;
import dev.step.protocol.message.Request;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.SaveFile;
import dev.step.protocol.message.SaveOptions;
import dev.step.protocol.message.UploadList;
import dev.step.protocol.message.UploadPlan;
import dev.step.protocol.message.UploadStatus;
import dev.step.protocol.message.UploadWhole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A user's files on a server, over a connection: what a request is refused with is the server's answer, and that it has failed
 * is an {@link IOException}, as is a connection that is lost.
 */
final class WireFiles implements UserFiles {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final WireClient client;

    WireFiles(WireClient client) {
        this.client = client;
    }

    /** What an answer holds, if the request was granted. */
    static Fields granted(JsonObject answer) throws IOException, RefusedException {
        Response response = Response.read(answer);
        if (response.isOk()) {
            return response.fields();
        }
        Status status = response.status().orElseThrow(() -> new IOException("no status: " + answer));
        if (status == Status.SERVER_FAILED || status == Status.SHUTTING_DOWN) {
            throw new IOException(response.message());
        }
        throw new RefusedException(status, response.message());
    }

    private Fields ask(Request request) throws IOException, RefusedException {
        return granted(client.ask(request));
    }

    @Override
    public Upload begin(UploadSpec spec) throws IOException, RefusedException {
        SaveOptions wanted = spec.options();
        SaveOptions options = new SaveOptions(
                OptionalInt.of(spec.plan().blockSize()), wanted.resume(), wanted.publishing(), wanted.modified());
        SaveFile save = new SaveFile(Optional.of(spec.key()), spec.plan().size(), options);
        UploadPlan plan = UploadPlan.read(ask(save));
        Optional<StoredFile> file = plan.digests().isEmpty() ? Optional.empty() : Optional.of(find(spec.key()));
        String id = plan.uploadId().or(() -> file.map(StoredFile::version)).orElseThrow();
        return new WireUpload(client, spec.key(), plan.blocks(), id, file);
    }

    @Override
    public Upload upload(Key key, Optional<String> id) throws IOException, RefusedException {
        return unfinished(key)
                .filter(upload -> id.isEmpty() || id.get().equals(upload.id()))
                .orElseThrow(() -> new RefusedException(Status.NOT_ALLOWED, "no upload of " + key));
    }

    @Override
    public Optional<Upload> unfinished(Key key) throws IOException {
        try {
            UploadStatus status = UploadStatus.read(ask(new FileStatus(key, false, Optional.empty())));
            return status.uploadId().map(id -> new WireUpload(client, key, status.blocks(), id, Optional.empty()));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    @Override
    public UploadList uploads(ListQuery query) throws IOException {
        return unrefused(() -> UploadList.read(ask(new ListUploads(query))));
    }

    @Override
    public void discard(Key key) throws IOException, RefusedException {
        ask(new DeleteFile(key, true));
    }

    @Override
    public StoredFile find(Key key) throws IOException, RefusedException {
        DownloadPlan plan = DownloadPlan.read(ask(GetFile.plain(key)));
        return new StoredFile(
                key,
                plan.blocks().size(),
                plan.modified().orElse(Instant.EPOCH),
                plan.digests(),
                plan.version().orElseThrow());
    }

    @Override
    public Digest digest(StoredFile file, DigestAlgorithm algorithm) throws IOException, RefusedException {
        GetFile request = new GetFile(file.key(), OptionalInt.empty(), Optional.of(algorithm));
        return DownloadPlan.read(ask(request)).digests().stream()
                .filter(digest -> digest.algorithm() == algorithm)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public OpenFile open(Key key) throws IOException, RefusedException {
        DownloadPlan plan = DownloadPlan.read(ask(GetFile.plain(key)));
        StoredFile file = find(key);
        ByteBuffer content = ByteBuffer.allocate((int) file.size());
        for (int i = 0; i < plan.blocks().totalBlocks(); i++) {
            client.hold(new DownloadBlock(key, i, OptionalInt.empty(), plan.version(), false), NOTHING);
            client.send();
            granted(client.answer(content));
        }
        return new OpenFile() {
            @Override
            public StoredFile file() {
                return file;
            }

            @Override
            public void read(long offset, ByteBuffer target) {
                target.put(content.array(), (int) offset, target.remaining());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public FileList list(ListQuery query) throws IOException {
        return unrefused(() -> FileList.read(ask(new ListFiles(query))));
    }

    private interface Question<T> {
        T ask() throws IOException, RefusedException;
    }

    private static <T> T unrefused(Question<T> question) throws IOException {
        try {
            return question.ask();
        } catch (RefusedException e) {
            throw new AssertionError("nothing to refuse", e);
        }
    }

    @Override
    public void delete(Key key) throws IOException, RefusedException {
        ask(new DeleteFile(key, false));
    }

    /** Files that are sent whole, one behind the other, when they are to be published: it is then that one may be refused. */
    @Override
    public Arrivals arrivals() {
        List<WholeFile> files = new ArrayList<>();
        return new Arrivals() {
            @Override
            public void add(WholeFile file) {
                files.add(file);
            }

            @Override
            public int count() {
                return files.size();
            }

            @Override
            public List<Outcome> publish() {
                List<Outcome> outcomes = new ArrayList<>();
                files.forEach(file -> outcomes.add(sendWhole(file)));
                return outcomes;
            }

            @Override
            public void close() {}
        };
    }

    private Arrivals.Outcome sendWhole(WholeFile file) {
        UploadWhole request =
                new UploadWhole(file.key(), file.replace(), file.modified(), OptionalInt.empty(), file.expected());
        try {
            granted(client.ask(request, file.content()));
            StoredFile stored = find(file.key());
            return () -> stored;
        } catch (RefusedException e) {
            return () -> {
                throw e;
            };
        } catch (IOException e) {
            return () -> {
                throw e;
            };
        }
    }

    @Override
    public Digest reread(StoredFile file, DigestAlgorithm algorithm) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void move(MoveFile move) throws IOException, RefusedException {
        ask(move);
    }

    @Override
    public Usage usage() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long pendingBytes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Quota quota() {
        throw new UnsupportedOperationException();
    }
}
