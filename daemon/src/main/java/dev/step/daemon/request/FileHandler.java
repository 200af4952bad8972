package dev.step.daemon.request;

import dev.step.daemon.auth.Caller;
import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.Store;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.message.BlockReceived;
import dev.step.protocol.message.BlockSent;
import dev.step.protocol.message.DeleteFile;
import dev.step.protocol.message.DownloadBlock;
import dev.step.protocol.message.DownloadPlan;
import dev.step.protocol.message.GetFile;
import dev.step.protocol.message.KeyAnswer;
import dev.step.protocol.message.ListFiles;
import dev.step.protocol.message.SaveFile;
import dev.step.protocol.message.UploadBlock;
import dev.step.protocol.message.UploadPlan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Requests about files. */
final class FileHandler {
    private final Store store;
    private final BlockBuffers buffers;

    FileHandler(Store store, BlockBuffers buffers) {
        this.store = store;
        this.buffers = buffers;
    }

    Reply save(SaveFile request, Caller caller, Client client) throws IOException, RefusedException {
        Key key = request.key().orElseGet(() -> new Key(UUID.randomUUID().toString()));
        Upload upload = files(caller).begin(new UploadSpec(key, request.plan()));
        return new Reply(
                "This is the upload plan.",
                new UploadPlan(
                        key,
                        upload.plan(),
                        upload.published().map(StoredFile::digests).orElse(List.of())));
    }

    Reply upload(UploadBlock request, Caller caller, Client client) throws IOException, RefusedException {
        Upload upload = files(caller).upload(request.key());
        int length = expectedLength(upload.plan(), request.blockIndex(), client.blockLength());
        Optional<StoredFile> file;
        try (BlockBuffers.Lease lease = buffers.lease(length)) {
            client.readBlock(lease.buffer());
            file = upload.write(request.blockIndex(), lease.buffer().flip());
        }
        return new Reply(
                "The block " + request.blockIndex() + " is uploaded.",
                new BlockReceived(
                        request.key(),
                        request.blockIndex(),
                        file.map(StoredFile::digests).orElse(List.of())));
    }

    private static int expectedLength(BlockPlan plan, int index, long length) throws RefusedException {
        checkContains(plan, index);
        if (length != plan.length(index)) {
            throw new RefusedException(
                    Status.BAD_BLOCK,
                    "The block " + index + " has to be " + plan.length(index) + " bytes long, not " + length + ".");
        }
        return plan.length(index);
    }

    private static void checkContains(BlockPlan plan, int index) throws RefusedException {
        if (!plan.contains(index)) {
            throw new RefusedException(Status.NO_SUCH_BLOCK, "The \"block_index\" exceed the max index.");
        }
    }

    Reply get(GetFile request, Caller caller, Client client) throws IOException, RefusedException {
        UserFiles files = files(caller);
        StoredFile file = files.find(request.key());
        BlockPlan plan = planOf(file, request.blockSize().orElse(Limits.DEFAULT_BLOCK_BYTES));
        return new Reply(
                "OK. This is the download plan.",
                new DownloadPlan(file.key(), plan, List.of(files.digest(file, DigestAlgorithm.MD5))));
    }

    Reply download(DownloadBlock request, Caller caller, Client client) throws IOException, RefusedException {
        UserFiles files = files(caller);
        OpenFile open = client.openFiles().open(files, files.find(request.key()));
        StoredFile file = open.file();
        BlockPlan plan = planOf(file, request.blockSize().orElse(Limits.DEFAULT_BLOCK_BYTES));
        int index = request.blockIndex();
        checkContains(plan, index);
        BlockBuffers.Lease lease = buffers.lease(plan.length(index));
        try {
            open.read(plan.offset(index), lease.buffer());
            lease.buffer().flip();
        } catch (IOException e) {
            lease.close();
            throw e;
        }
        if (index == plan.totalBlocks() - 1) {
            client.openFiles().close();
        }
        return new Reply("An available block.", new BlockSent(file.key(), index, plan.length(index)), lease);
    }

    private static BlockPlan planOf(StoredFile file, int blockSize) throws RefusedException {
        if (BlockPlan.blocksOf(file.size(), blockSize) > Limits.MAX_BLOCKS) {
            throw new RefusedException(
                    Status.TOO_LARGE, "The file has too many blocks of this size; ask for a larger \"block_size\".");
        }
        return new BlockPlan(file.size(), blockSize);
    }

    Reply list(ListFiles request, Caller caller, Client client) throws IOException {
        return new Reply("These are the files.", files(caller).list(request.query()));
    }

    Reply delete(DeleteFile request, Caller caller, Client client) throws IOException, RefusedException {
        files(caller).delete(request.key());
        return new Reply("The \"key\" " + request.key() + " is deleted.", new KeyAnswer(request.key()));
    }

    private UserFiles files(Caller caller) {
        return store.files(caller.user());
    }
}
