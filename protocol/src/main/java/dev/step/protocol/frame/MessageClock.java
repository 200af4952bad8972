package dev.step.protocol.frame;

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

    /** The JSON part now being read has this long to arrive; after it, the input should be shut down. */
    void messageMustEndWithin(int millis);
}
