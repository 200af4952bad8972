package dev.step.s3;

import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.Receipt;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.BlockReceived;
import dev.step.protocol.message.FileStatus;
import dev.step.protocol.message.UploadBlock;
import dev.step.protocol.message.UploadStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An upload to a server, over a connection on which nothing else is asked while there are receipts to come. */
record WireUpload(WireClient client, Key key, BlockPlan plan, String id, Optional<StoredFile> published)
        implements Upload {
    /** Sent, and answered when the receipt is asked for. */
    @Override
    public Receipt take(DataBlock block, Optional<Digest> expected) {
        UploadBlock request =
                new UploadBlock(key, block.index(), Optional.of(id), OptionalInt.of(block.checksum()), expected);
        Optional<IOException> failure = send(request, block);
        return new Receipt() {
            @Override
            public boolean isKnown() {
                return failure.isPresent();
            }

            @Override
            public Optional<StoredFile> get() throws IOException, RefusedException {
                if (failure.isPresent()) {
                    throw failure.get();
                }
                List<Digest> digests =
                        BlockReceived.read(WireFiles.granted(client.answer())).digests();
                return digests.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new StoredFile(key, plan.size(), Instant.EPOCH, digests, id));
            }
        };
    }

    private Optional<IOException> send(UploadBlock request, DataBlock block) {
        try {
            client.hold(request, block.bytes());
            client.send();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    @Override
    public BlockRanges missing() throws IOException, RefusedException {
        FileStatus request = new FileStatus(key, false, Optional.empty());
        return UploadStatus.read(WireFiles.granted(client.ask(request))).missing();
    }
}
