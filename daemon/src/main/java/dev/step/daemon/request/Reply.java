package dev.step.daemon.request;

import dev.step.protocol.message.Answer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a handler answers with. Closed after it was sent, which gives the block's buffer back.
 *
 * @param message words for people
 * @param lease holds the answer's binary part, ready to be read
 */
record Reply(String message, Answer answer, BlockBuffers.@Nullable Lease lease) implements AutoCloseable {
    private static final ByteBuffer NO_BLOCK = ByteBuffer.allocate(0);

    /** A reply without binary. */
    Reply(String message, Answer answer) {
        this(message, answer, null);
    }

    ByteBuffer block() {
        return lease == null ? NO_BLOCK : lease.buffer();
    }

    @Override
    public void close() {
        if (lease != null) {
            lease.close();
        }
    }
}
