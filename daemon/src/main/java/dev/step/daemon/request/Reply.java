package dev.step.daemon.request;

import dev.step.protocol.message.Answer;
import java.util.Optional;

/**
 * What a handler answers with. Closed after it was sent.
 *
 * @param message words for people
 * @param change what the request has changed
 * @param payload the answer's binary part
 */
record Reply(String message, Answer answer, Optional<Change> change, Payload payload) implements AutoCloseable {
    /** A reply without binary, to a request that changes nothing. */
    Reply(String message, Answer answer) {
        this(message, answer, Optional.empty(), Payload.NONE);
    }

    /** A reply with binary, to a request that changes nothing. */
    Reply(String message, Answer answer, Payload payload) {
        this(message, answer, Optional.empty(), payload);
    }

    /** The same reply, to a request that has changed this. */
    Reply after(Change changed) {
        return new Reply(message, answer, Optional.of(changed), payload);
    }

    @Override
    public void close() {
        payload.close();
    }
}
