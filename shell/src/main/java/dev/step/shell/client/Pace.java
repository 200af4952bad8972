package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Feature;
import dev.step.protocol.Limits;
import dev.step.protocol.message.LoggedIn.ServerInfo;
import java.time.Duration;
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
    private static final int LEAST_WINDOW_BYTES = 4 << 20;

    /** Enough for 1 Gbit/s over half the world; each transfer at the same time may need so much, in buffers. */
    private static final long MOST_WINDOW_BYTES =
            Math.max(LEAST_WINDOW_BYTES, Math.min(32 << 20, Runtime.getRuntime().maxMemory() / 32));

    /** A line that takes longer for an answer may hold more than the least window. */
    private static final Duration LONG_LINE = Duration.ofMillis(4);

    /** Bounds the answers that lie unread while requests are sent: they fit into any socket's buffer. */
    private static final int MOST_UNANSWERED = 32;

    /** What is read from, or written to, the disk meanwhile. */
    private static final int BLOCKS_ASIDE = 3;

    /** From this size on a file is worth several connections. */
    private static final long SEVERAL_CONNECTIONS_BYTES = 10L << 20;

    /** The customary limit. */
    private static final int MOST_CONNECTIONS = 16;

    private final Session session;
    private final TransferOptions options;

    Pace(Session session, TransferOptions options) {
        this.session = session;
        this.options = options;
    }

    Session session() {
        return session;
    }

    /** The block size to ask for, in bytes; empty when the server would not understand. */
    OptionalInt blockSize(long fileSize) {
        if (!session.offers(Feature.BLOCK_SIZE)) {
            return OptionalInt.empty();
        }
        int most = session.server().map(ServerInfo::maxBlockSize).orElse(Limits.DEFAULT_BLOCK_BYTES);
        int even = options.limit().map(RateLimit::largestBlock).orElse(most);
        int wanted = fileSize < LARGE_FILE_BYTES ? SMALL_BLOCK_BYTES : LARGE_BLOCK_BYTES;
        return OptionalInt.of(Math.min(Math.min(most, even), wanted));
    }

    /** Whether requests may be sent before earlier ones are answered. */
    boolean mayGoAhead() {
        return session.offers(Feature.PIPELINE) && options.limit().isEmpty();
    }

    /** How many requests for blocks of this size in bytes may be on their way at once, over the line as it is known now. */
    Window window(int blockSize) {
        return mayGoAhead()
                ? new Window(
                        blockSize,
                        windowOf(LEAST_WINDOW_BYTES, blockSize),
                        mostAhead(blockSize),
                        session.quickestAnswer().toNanos())
                : new Window(blockSize, 1, 1, 0);
    }

    private int mostAhead(int blockSize) {
        boolean longLine = session.quickestAnswer().compareTo(LONG_LINE) >= 0;
        return windowOf(longLine ? MOST_WINDOW_BYTES : LEAST_WINDOW_BYTES, blockSize);
    }

    private static int windowOf(long bytes, int blockSize) {
        return (int) Math.max(2, Math.min(MOST_UNANSWERED, bytes / blockSize));
    }

    /** How many buffers a transfer needs, each for one block, with one window or several connections. */
    int buffers(BlockPlan plan) {
        int ahead = mayGoAhead() ? windowOf(LEAST_WINDOW_BYTES, plan.blockSize()) : 1;
        int connections = connections(plan.size()).orElse(MOST_CONNECTIONS);
        return Math.max(1, Math.min(plan.totalBlocks(), Math.max(ahead, connections) + BLOCKS_ASIDE));
    }

    /** How far a file is read ahead of what is confirmed with this window now, in blocks. */
    int ahead(BlockPlan plan, Window window) {
        return Math.max(1, Math.min(plan.totalBlocks(), window.size() + BLOCKS_ASIDE));
    }

    /** How many connections a file is transferred on; empty: as many as make it faster. */
    OptionalInt connections(long fileSize) {
        boolean one = session.offers(Feature.PIPELINE) || fileSize < SEVERAL_CONNECTIONS_BYTES;
        return one ? OptionalInt.of(1) : options.connections();
    }

    int mostConnections() {
        return options.connections().orElse(MOST_CONNECTIONS);
    }

    /** Waits until so many more bytes of a block may move. */
    void await(int bytes) throws ClientException {
        if (options.limit().isPresent()) {
            options.limit().get().await(session, bytes);
        }
    }
}
