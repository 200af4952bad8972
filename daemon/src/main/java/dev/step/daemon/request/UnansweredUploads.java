package dev.step.daemon.request;

import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import dev.step.protocol.message.Request;
import dev.step.protocol.message.SaveFile;
import dev.step.protocol.message.UploadBlock;
import dev.step.protocol.message.UploadWhole;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of a connection that were taken and are not answered yet, in their order: blocks and whole files that the store
 * keeps until they are worth storing together, and plans that were asked for behind them. They are answered before anything
 * else is, or waited for. For the connection's own thread.
 */
public final class UnansweredUploads implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(UnansweredUploads.class);
    /** More than a store gains by; what a thousand requests take of the memory does not matter. */
    private static final int MOST = 1_000;

    private final Deque<Unanswered> queue = new ArrayDeque<>();
    private @Nullable WholeBatch batch;

    /** A request that was taken, and what it will be answered with. */
    record Unanswered(Exchange exchange, Request request, PendingReply reply) {}

    /** Whether this request has to wait until those before it are answered. */
    boolean mustSettleBefore(Request next) {
        Optional<Key> key = key(next);
        return !queue.isEmpty()
                && (queue.size() >= MOST
                        || key.isEmpty()
                        || queue.stream().anyMatch(one -> isNeededBy(one.request(), next.getClass(), key)));
    }

    /** Blocks of one file may be under way together, and so may its whole contents; each is done when something else comes. */
    private static boolean isNeededBy(Request earlier, Class<?> laterKind, Optional<Key> laterKey) {
        boolean isDone = earlier instanceof SaveFile;
        return !isDone && key(earlier).equals(laterKey) && !laterKind.equals(earlier.getClass());
    }

    /** What may be taken without waiting for what was taken before is about this key. */
    private static Optional<Key> key(Request request) {
        if (request instanceof UploadBlock block) {
            return Optional.of(block.key());
        }
        if (request instanceof UploadWhole whole) {
            return Optional.of(whole.key());
        }
        return request instanceof SaveFile save ? save.key() : Optional.empty();
    }

    /** Whether the whole files before this user's next one have to be answered first. */
    boolean mustSettleBeforeFileOf(UserName user) {
        WholeBatch open = batch;
        return open != null && open.isWaiting() && !open.takes(user);
    }

    /** The batch that the next whole file of this user comes into. */
    WholeBatch batch(UserName user, Supplier<WholeBatch> fresh) {
        WholeBatch open = batch;
        if (open == null || !open.takes(user)) {
            open = fresh.get();
            batch = open;
        }
        return open;
    }

    /** Takes a request. */
    void add(Unanswered one) {
        queue.add(one);
    }

    /** Whether there are any. */
    public boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Whether the first of them can be answered without waiting. */
    boolean isNextKnown() {
        Unanswered next = queue.peek();
        return next != null && next.reply().isKnown();
    }

    /** The first one, which is then the caller's to answer. */
    Optional<Unanswered> poll() {
        return Optional.ofNullable(queue.poll());
    }

    /** Nobody is there any more to be answered. */
    @Override
    public void close() {
        queue.forEach(UnansweredUploads::abandon);
        queue.clear();
    }

    private static void abandon(Unanswered one) {
        try {
            one.reply().abandon();
        } catch (IOException | RefusedException e) {
            LOG.debug("{}, which nobody waits for any more, failed: {}", one.exchange(), e.toString());
        }
    }
}
