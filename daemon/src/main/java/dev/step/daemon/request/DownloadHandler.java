package dev.step.daemon.request;

import dev.step.daemon.auth.Caller;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.Store;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.FilePart;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.message.BlockSent;
import dev.step.protocol.message.DownloadBlock;
import dev.step.protocol.message.DownloadPlan;
import dev.step.protocol.message.GetFile;
import dev.step.protocol.message.ListFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/** Requests that read files. */
final class DownloadHandler {
    private final Store store;
    private final BlockBuffers buffers;

    DownloadHandler(Store store, BlockBuffers buffers) {
        this.store = store;
        this.buffers = buffers;
    }

    Reply get(GetFile request, Caller caller, Client client) throws IOException, RefusedException {
        UserFiles files = files(caller);
        StoredFile file = files.find(request.key());
        BlockPlan plan = planOf(file, request.blockSize());
        DigestAlgorithm algorithm = request.digest().orElse(DigestAlgorithm.MD5);
        return new Reply(
                "OK. This is the download plan.",
                new DownloadPlan(
                        file.key(),
                        plan,
                        List.of(files.digest(file, algorithm)),
                        extended(caller, file.version()),
                        extended(caller, file.modified())));
    }

    /** An old client is sent exactly the core's fields. */
    private static <T> Optional<T> extended(Caller caller, T value) {
        return caller.extended() ? Optional.of(value) : Optional.empty();
    }

    Reply download(DownloadBlock request, Caller caller, Client client) throws IOException, RefusedException {
        client.transfers(request);
        UserFiles files = files(caller);
        OpenFile open = client.openFiles().open(files, files.find(request.key()));
        refuseOtherVersion(request, open.file());
        Wanted wanted = new Wanted(open, planOf(open.file(), request.blockSize()), request);
        checkContains(wanted.plan(), wanted.index());
        Optional<FilePart> part = client.takesFiles()
                ? open.part(wanted.offset(), wanted.length()).filter(FilePart::isWorthNoCopy)
                : Optional.empty();
        return part.isPresent() ? inFile(wanted, part.get(), caller, client) : inMemory(wanted, caller, client);
    }

    private Reply inMemory(Wanted wanted, Caller caller, Client client) throws IOException {
        BlockBuffers.Lease lease = buffers.lease(caller.user(), wanted.length());
        try {
            wanted.open().read(wanted.offset(), lease.buffer());
            lease.buffer().flip();
            if (wanted.isLast()) {
                client.openFiles().close();
            }
        } catch (IOException | RuntimeException e) {
            lease.close();
            throw e;
        }
        OptionalInt crc =
                wanted.request().wantsCrc() ? OptionalInt.of(DataBlock.checksum(lease.buffer())) : OptionalInt.empty();
        return wanted.reply(crc, lease);
    }

    /** The file has to stay open until the block is sent. */
    private Reply inFile(Wanted wanted, FilePart block, Caller caller, Client client) throws IOException {
        OptionalInt crc = wanted.request().wantsCrc()
                ? OptionalInt.of(checksum(wanted.open(), block, caller))
                : OptionalInt.empty();
        Optional<OpenFiles> finished = wanted.isLast() ? Optional.of(client.openFiles()) : Optional.empty();
        return wanted.reply(crc, new FilePayload(block, finished));
    }

    private int checksum(OpenFile open, FilePart block, Caller caller) throws IOException {
        CRC32C crc = new CRC32C();
        try (BlockBuffers.Lease lease = buffers.lease(caller.user(), FilePart.PIECE_BYTES)) {
            ByteBuffer piece = lease.buffer();
            for (int at = 0; at < block.length(); at += piece.limit()) {
                open.read(
                        block.offset() + at, piece.clear().limit(Math.min(FilePart.PIECE_BYTES, block.length() - at)));
                crc.update(piece.flip());
            }
        }
        return (int) crc.getValue();
    }

    private static void refuseOtherVersion(DownloadBlock request, StoredFile file) throws RefusedException {
        if (request.version().isPresent() && !request.version().get().equals(file.version())) {
            throw new RefusedException(
                    Status.CONTENT_DIFFERS, "The key " + file.key() + " was replaced meanwhile. Please GET it again.");
        }
    }

    static void checkContains(BlockPlan plan, int index) throws RefusedException {
        if (!plan.contains(index)) {
            throw new RefusedException(Status.NO_SUCH_BLOCK, "The \"block_index\" exceed the max index.");
        }
    }

    private static BlockPlan planOf(StoredFile file, OptionalInt wantedBlockSize) throws RefusedException {
        int blockSize = wantedBlockSize.orElse(Limits.DEFAULT_BLOCK_BYTES);
        if (BlockPlan.blocksOf(file.size(), blockSize) > Limits.MAX_BLOCKS) {
            throw new RefusedException(
                    Status.TOO_LARGE, "The file has too many blocks of this size; ask for a larger \"block_size\".");
        }
        return new BlockPlan(file.size(), blockSize);
    }

    Reply list(ListFiles request, Caller caller, Client client) throws IOException {
        return new Reply("These are the files.", files(caller).list(request.query()));
    }

    private UserFiles files(Caller caller) {
        return store.files(caller.user());
    }

    /** A block of an open file. */
    private record Wanted(OpenFile open, BlockPlan plan, DownloadBlock request) {
        int index() {
            return request.blockIndex();
        }

        long offset() {
            return plan.offset(index());
        }

        int length() {
            return plan.length(index());
        }

        boolean isLast() {
            return index() == plan.totalBlocks() - 1;
        }

        Reply reply(OptionalInt crc, Payload payload) {
            return new Reply("An available block.", new BlockSent(request.key(), index(), length(), crc), payload);
        }
    }
}
