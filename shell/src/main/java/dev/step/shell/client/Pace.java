package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Feature;
import dev.step.protocol.Limits;
import dev.step.protocol.message.LoggedIn.ServerInfo;
import dev.step.protocol.message.SessionStatus;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How large blocks are and how many are on their way, as far as the server takes it. An old server gets one request at
 * a time, and its own block size is not questioned.
 */
final class Pace {
    /** From this size on a file is sent in large blocks, which cost less; below it, progress should not be jerky. */
    private static final long LARGE_FILE_BYTES = 64L << 20;

    private static final int LARGE_BLOCK_BYTES = 1 << 20;
    private static final int SMALL_BLOCK_BYTES = 256 << 10;

    /** Each transfer at the same time may need so much, in buffers. */
    private static final long MOST_WINDOW_BYTES = Math.max(
            TransferOptions.FIRST_AHEAD_BYTES,
            Math.min(TransferOptions.MOST_AHEAD_BYTES, Runtime.getRuntime().maxMemory() / 32));

    /** When the line is in doubt. */
    private static final int MOST_LOOKS = 3;

    /** A server has the answer to such a question sooner, even if it is the first that it is asked. */
    private static final long NEVER_SO_SLOW_NANOS = 50_000_000;

    /** Bounds the answers that lie unread while requests are sent: they fit into any socket's buffer. */
    private static final int MOST_UNANSWERED = 32;

    /** From so much on it is worth several connections. */
    private static final long SEVERAL_CONNECTIONS_BYTES = 10L << 20;

    /** TCP starts slowly and is held back by losses and by the buffers at both ends, each connection on its own. */
    private static final int USUAL_CONNECTIONS = 4;

    /** With servers that take one request at a time. */
    private static final int CUSTOMARY_LIMIT = 16;

    private final Session session;
    private final TransferOptions options;
    private final Openings openings;
    private @Nullable Growth growth;

    Pace(Session session, TransferOptions options) {
        this.session = session;
        this.options = options;
        this.openings = new Openings(session);
    }

    Session session() {
        return session;
    }

    /** Where the connections besides the session's own come from. */
    Openings openings() {
        return openings;
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

    /** How many requests for a file's blocks may be on their way at once, over the line as it is known now. */
    Windows windows(BlockPlan plan) {
        int blockSize = plan.blockSize();
        int least = mayGoAhead() ? windowOf(TransferOptions.FIRST_AHEAD_BYTES, blockSize) : 1;
        int all = (int) (MOST_WINDOW_BYTES / blockSize);
        return new Windows(plan.totalBlocks(), least, all, first -> window(blockSize, first));
    }

    private Window window(int blockSize, int first) {
        boolean follows = mayGoAhead() && session.lineDelay().isLong();
        int most = follows ? windowOf(MOST_WINDOW_BYTES, blockSize) : first;
        return new Window(blockSize, first, most, session.lineDelay().least().toNanos());
    }

    private static int windowOf(long bytes, int blockSize) {
        return (int) Math.max(2, Math.min(MOST_UNANSWERED, bytes / blockSize));
    }

    /**
     * On how many connections a file, or what is missing of it, is transferred.
     *
     * @param bytes how much of it
     * @param isSafe whether a file that is sent or fetched in pieces cannot be mixed with another one
     */
    Growth growth(long bytes, boolean isSafe) throws ClientException {
        if (!isWorthSeveral(bytes, isSafe)) {
            return Growth.fixed(1);
        }
        if (options.connections().isPresent()) {
            return Growth.fixed(options.connections().getAsInt());
        }
        if (growth == null) {
            growth = newGrowth();
        }
        return growth;
    }

    private boolean isWorthSeveral(long bytes, boolean isSafe) {
        return bytes >= SEVERAL_CONNECTIONS_BYTES && (takesOneAtATime() || (isSafe && mayGoAhead()));
    }

    private boolean takesOneAtATime() {
        return !session.offers(Feature.PIPELINE);
    }

    private Growth newGrowth() throws ClientException {
        resolveDoubt();
        int most = Math.max(1, (takesOneAtATime() ? CUSTOMARY_LIMIT : 2 * USUAL_CONNECTIONS) / options.jobs());
        if (session.lineDelay().isLong()) {
            return new Growth(firstConnections(), most, session.lineDelay().least());
        }
        return Growth.fixed(takesOneAtATime() ? firstConnections() : 1);
    }

    private int firstConnections() {
        return Math.max(1, USUAL_CONNECTIONS / options.jobs());
    }

    /**
     * Begins to open the connections that a file will be transferred on, as far as they are certain before the server is asked
     * about the file; see {@link #growth}. Those that turn out to be needless have to be given up.
     */
    void openAhead(long bytes, boolean isSafe) {
        if (isWorthSeveral(bytes, isSafe) && !takesOneAtATime()) {
            openings.begin(certainConnections() - 1);
        }
    }

    private int certainConnections() {
        if (options.connections().isPresent()) {
            return options.connections().getAsInt();
        }
        if (growth != null) {
            return growth.wanted();
        }
        return session.lineDelay().isSurelyLong() ? firstConnections() : 1;
    }

    /**
     * Over a line that seems to be long the server is asked a few times more: one that has just started is soon quicker. A
     * question to which that takes too long, too, settles it, so that a line that is very long is not waited for again and again.
     */
    private void resolveDoubt() throws ClientException {
        LineDelay line = session.lineDelay();
        if (!line.isLong() || line.isSurelyLong() || !session.offers(Feature.STATUS)) {
            return;
        }
        long took = 0;
        for (int look = 0; look < MOST_LOOKS && line.isLong() && took < NEVER_SO_SLOW_NANOS; look++) {
            long start = System.nanoTime();
            session.exchange(new SessionStatus());
            took = System.nanoTime() - start;
        }
        line.confirm();
    }

    /** What was found out about the line does not hold any more. */
    void forgetGrowth() {
        growth = null;
    }

    /** Waits until so many more bytes of a block may move. */
    void await(int bytes) throws ClientException {
        if (options.limit().isPresent()) {
            options.limit().get().await(session, bytes);
        }
    }
}
