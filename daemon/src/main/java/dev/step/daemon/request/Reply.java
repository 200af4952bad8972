package dev.step.daemon.request;

import dev.step.protocol.message.Answer;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a handler answers with. Closed after it was sent, which gives the block's buffer back.
 *
 * @param message words for people
 * @param change what the request has changed
 * @param lease holds the answer's binary part, ready to be read
 */
record Reply(String message, Answer answer, Optional<Change> change, BlockBuffers.@Nullable Lease lease)
        implements AutoCloseable {
    private static final ByteBuffer NO_BLOCK = ByteBuffer.allocate(0);

    /** A reply without binary, to a request that changes nothing. */
    Reply(String message, Answer answer) {
        this(message, answer, Optional.empty(), null);
    }

    /** A reply with binary, to a request that changes nothing. */
    Reply(String message, Answer answer, BlockBuffers.Lease lease) {
        this(message, answer, Optional.empty(), lease);
    }

    /** The same reply, to a request that has changed this. */
    Reply after(Change changed) {
        return new Reply(message, answer, Optional.of(changed), lease);
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
