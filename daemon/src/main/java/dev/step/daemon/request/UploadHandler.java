package dev.step.daemon.request;

import dev.step.daemon.auth.Caller;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.Receipt;
import dev.step.daemon.store.Store;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.UserFiles;
import dev.step.daemon.store.WholeFile;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.message.BlockReceived;
import dev.step.protocol.message.DeleteFile;
import dev.step.protocol.message.KeyAnswer;
import dev.step.protocol.message.MoveFile;
import dev.step.protocol.message.SaveFile;
import dev.step.protocol.message.UploadBlock;
import dev.step.protocol.message.UploadPlan;
import dev.step.protocol.message.UploadWhole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Requests that change files. */
final class UploadHandler {
    private final Store store;
    private final BlockBuffers buffers;

    UploadHandler(Store store, BlockBuffers buffers) {
        this.store = store;
        this.buffers = buffers;
    }

    Reply save(SaveFile request, Caller caller, Client client) throws IOException, RefusedException {
        Key key = request.key().orElseGet(() -> new Key(UUID.randomUUID().toString()));
        Upload upload = files(caller).begin(new UploadSpec(key, request.plan(), request.options()));
        client.ownUploads().add(caller.user(), key, upload.id());
        Reply reply = new Reply("This is the upload plan.", plan(request, key, upload));
        boolean isEmptyFile = request.size() == 0; // complete at once
        return isEmptyFile ? reply.after(Change.of(key, 0)) : reply;
    }

    private static UploadPlan plan(SaveFile request, Key key, Upload upload) throws IOException, RefusedException {
        Optional<StoredFile> published = upload.published();
        boolean resumes = request.options().resume().wanted();
        return new UploadPlan(
                key,
                upload.plan(),
                request.options().usesExtensions() ? Optional.of(upload.id()) : Optional.empty(),
                resumes ? Optional.of(published.isPresent() ? BlockRanges.NONE : upload.missing()) : Optional.empty(),
                published.map(StoredFile::digests).orElse(List.of()));
    }

    /** Takes a block; what to answer may be known later. */
    PendingReply block(UploadBlock request, Caller caller, Client client) throws IOException, RefusedException {
        Optional<String> id = request.uploadId().or(() -> client.ownUploads().find(caller.user(), request.key()));
        Upload upload = files(caller).upload(request.key(), id);
        client.transfers(request);
        try (BlockBuffers.Lease lease = buffers.lease(caller.user(), expectedLength(upload, request, client))) {
            client.readBlock(lease.buffer());
            DataBlock block = DataBlock.of(request.blockIndex(), lease.buffer().flip());
            checkIntact(request.crc(), block);
            return new BlockReply(request, upload.take(block, request.expected()));
        }
    }

    /** The answer to a block, which is stored even if nobody waits for that. */
    private record BlockReply(UploadBlock request, Receipt receipt) implements PendingReply {
        @Override
        public boolean isKnown() {
            return receipt.isKnown();
        }

        @Override
        public Reply get() throws IOException, RefusedException {
            Optional<StoredFile> file = receipt.get();
            Reply reply = new Reply(
                    "The block " + request.blockIndex() + " is uploaded.",
                    new BlockReceived(
                            request.key(),
                            request.blockIndex(),
                            file.map(StoredFile::digests).orElse(List.of())));
            return file.isPresent()
                    ? reply.after(Change.of(request.key(), file.get().size()))
                    : reply;
        }

        @Override
        public void abandon() throws IOException, RefusedException {
            receipt.get();
        }
    }

    /** Takes a file that comes whole, into this batch. */
    PendingReply whole(UploadWhole request, Caller caller, Client client, WholeBatch batch)
            throws IOException, RefusedException {
        client.transfers(request);
        try (BlockBuffers.Lease lease = buffers.lease(caller.user(), wholeLength(client))) {
            client.readBlock(lease.buffer());
            ByteBuffer content = lease.buffer().flip();
            checkIntact(request.crc(), DataBlock.of(0, content));
            return batch.add(
                    new WholeFile(request.key(), content, request.expected(), request.modified(), request.replace()));
        }
    }

    /** A batch for files of this user that come whole. */
    WholeBatch newBatch(Caller caller) {
        return new WholeBatch(caller.user(), files(caller).arrivals());
    }

    private static int wholeLength(Client client) throws RefusedException {
        if (client.blockLength() > Limits.MAX_BLOCK_BYTES) {
            throw new RefusedException(
                    Status.BAD_BLOCK,
                    "A file that comes whole has at most " + Limits.MAX_BLOCK_BYTES + " bytes, not "
                            + client.blockLength() + ". Please SAVE it.");
        }
        return (int) client.blockLength();
    }

    private static int expectedLength(Upload upload, UploadBlock request, Client client) throws RefusedException {
        int index = request.blockIndex();
        DownloadHandler.checkContains(upload.plan(), index);
        int expected = upload.plan().length(index);
        if (client.blockLength() != expected) {
            throw new RefusedException(
                    Status.BAD_BLOCK,
                    "The block " + index + " has to be " + expected + " bytes long, not " + client.blockLength() + ".");
        }
        return expected;
    }

    private static void checkIntact(OptionalInt crc, DataBlock block) throws RefusedException {
        if (crc.isPresent() && crc.getAsInt() != block.checksum()) {
            throw new RefusedException(
                    Status.BAD_BLOCK, "The block " + block.index() + " was damaged on its way. Please send it again.");
        }
    }

    Reply delete(DeleteFile request, Caller caller, Client client) throws IOException, RefusedException {
        if (request.unfinished()) {
            files(caller).discard(request.key());
        } else {
            files(caller).delete(request.key());
        }
        return new Reply("The \"key\" " + request.key() + " is deleted.", new KeyAnswer(request.key()))
                .after(Change.of(request.key()));
    }

    Reply move(MoveFile request, Caller caller, Client client) throws IOException, RefusedException {
        files(caller).move(request);
        String done = request.copy() ? "copied" : "moved";
        return new Reply(
                        "The \"key\" " + request.key() + " is " + done + " to " + request.to() + ".",
                        new KeyAnswer(request.key()))
                .after(Change.of(request));
    }

    private UserFiles files(Caller caller) {
        return store.files(caller.user());
    }
}
