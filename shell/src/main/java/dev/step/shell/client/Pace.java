package dev.step.shell.client;

import dev.step.protocol.Feature;
import dev.step.protocol.Limits;
import dev.step.protocol.message.LoggedIn.ServerInfo;
import java.util.OptionalInt;

/**
 * How large blocks are and how many are on their way, as far as the server takes it. An old server gets one request at
 * a time, and its own block size is not questioned.
 */
final class Pace {
    /** From this size on a file is sent in large blocks, which cost less; below it, progress should not be jerky. */
    private static final long LARGE_FILE_BYTES = 64L << 20;

    private static final int LARGE_BLOCK_BYTES = 1 << 20;
    private static final int SMALL_BLOCK_BYTES = 256 << 10;
    private static final int WINDOW_BYTES = 4 << 20;

    /** Bounds the answers that lie unread while requests are sent: they fit into any socket's buffer. */
    private static final int MOST_UNANSWERED = 32;

    /** What is read from, or written to, the disk meanwhile. */
    private static final int BLOCKS_ASIDE = 3;

    private final Session session;

    private Pace(Session session) {
        this.session = session;
    }

    static Pace of(Session session) {
        return new Pace(session);
    }

    /** The block size to ask for, in bytes; empty when the server would not understand. */
    OptionalInt blockSize(long fileSize) {
        if (!session.offers(Feature.BLOCK_SIZE)) {
            return OptionalInt.empty();
        }
        int most = session.server().map(ServerInfo::maxBlockSize).orElse(Limits.DEFAULT_BLOCK_BYTES);
        return OptionalInt.of(Math.min(most, fileSize < LARGE_FILE_BYTES ? SMALL_BLOCK_BYTES : LARGE_BLOCK_BYTES));
    }

    /** How many requests may be on their way at once. */
    int window(int blockSize) {
        return session.offers(Feature.PIPELINE) ? Math.max(2, Math.min(MOST_UNANSWERED, WINDOW_BYTES / blockSize)) : 1;
    }

    /** How many buffers a transfer needs, each for one block. */
    int buffers(int blockSize, int totalBlocks) {
        return Math.max(1, Math.min(totalBlocks, window(blockSize) + BLOCKS_ASIDE));
    }
}
