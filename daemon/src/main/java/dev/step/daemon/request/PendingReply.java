package dev.step.daemon.request;

import dev.step.protocol.RefusedException;
import java.io.IOException;

/** What a request will be answered with, which may become known later. For the connection's own thread. */
interface PendingReply {
    /** Whether it is known, so that {@link #get} need not wait for others. */
    boolean isKnown();

    /**
     * The reply; waits until it is known.
     *
     * @throws RefusedException when the answer is no
     * @throws IOException when the store failed
     */
    Reply get() throws IOException, RefusedException;

    /** Does what has to be done when nobody waits for the answer any more. */
    void abandon() throws IOException, RefusedException;

    /** One that is known. */
    static PendingReply of(Reply reply) {
        return new PendingReply() {
            @Override
            public boolean isKnown() {
                return true;
            }

            @Override
            public Reply get() {
                return reply;
            }

            @Override
            public void abandon() {
                reply.close();
            }
        };
    }
}
