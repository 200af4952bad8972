package dev.step.protocol.frame;

import dev.step.protocol.ProtocolException;

/** What is told about the progress of a message that is being read, so that a slow one can be ended from outside. */
public interface MessageClock {
    /** Waits for ever. */
    MessageClock PATIENT = new MessageClock() {
        @Override
        public void messageBegins() {}

        @Override
        public void messageMustEndWithin(int millis) {}
    };

    /** The first bytes of a message are here. */
    void messageBegins();

    /**
     * The message will have this many bytes.
     *
     * @throws ProtocolException when it is not to be read
     */
    default void lengthsAre(long jsonBytes, long binaryBytes) throws ProtocolException {}

    /** The JSON part now being read has this long to arrive; after it, the input should be shut down. */
    void messageMustEndWithin(int millis);
}
