package dev.step.shell.client;

/** Is told how a transfer goes on. Called often and from the transfer's own thread: it has to be quick. */
public interface Meter {
    /** Looks away. */
    Meter NONE = new Meter() {
        @Override
        public void expect(long bytes) {}

        @Override
        public void moved(long bytes) {}
    };

    /** So many bytes are all there is to it. */
    void expect(long bytes);

    /** So many more bytes of the file are where they belong. */
    void moved(long bytes);
}
