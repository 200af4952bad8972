package dev.step.shell.client;

import dev.step.protocol.Digest;
import dev.step.protocol.Status;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.UploadBlock;
import dev.step.shell.client.BlockReader.Block;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a reader reads, sent once on as many connections as are worth it: what their {@link BlockSender}s have in common. For
 * several threads.
 */
final class UploadRound {
    private final Pace pace;
    private final BlockReader blocks;
    private final Windows windows;
    private final RequestMaker requests;
    private final UploadProgress progress;
    private Optional<Response> end = Optional.empty();
    private List<Digest> digests = List.of();

    /** What a block is announced with. Called by several threads. */
    @FunctionalInterface
    interface RequestMaker {
        UploadBlock of(Block block) throws ClientException;
    }

    UploadRound(Pace pace, BlockReader blocks, Windows windows, RequestMaker requests, UploadProgress progress) {
        this.pace = pace;
        this.blocks = blocks;
        this.windows = windows;
        this.requests = requests;
        this.progress = progress;
    }

    /** Sends on this connection what no other has taken. */
    void sendOn(Lanes.Lane lane) throws IOException, ClientException {
        new BlockSender(pace, lane, blocks, this, windows.open()).send();
    }

    UploadBlock request(Block block) throws ClientException {
        return requests.of(block);
    }

    /** The server has this block, and this is what it has calculated if it has all of them. */
    synchronized void confirmed(Block block, List<Digest> calculated) {
        progress.confirmed(block);
        digests = calculated.isEmpty() ? digests : calculated;
    }

    /** This answer makes further blocks needless. */
    synchronized void ended(Response answer) {
        end = end.or(() -> Optional.of(answer));
        blocks.end();
    }

    /**
     * The answer that made further blocks needless: {@link Status#EXISTS}, {@link Status#NOT_ALLOWED} or
     * {@link Status#CONTENT_DIFFERS}; empty when all were confirmed.
     */
    synchronized Optional<Response> end() {
        return end;
    }

    /** What the server has calculated when the file was complete; nothing when it did not say. */
    synchronized List<Digest> digests() {
        return digests;
    }
}
