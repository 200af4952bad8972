package dev.step.shell.client;

/** Is told how a transfer goes on. Called often and from the transfer's own thread: it has to be quick. */
public interface Meter {
    /** Looks away. */
    Meter NONE = new Meter() {
        @Override
        public void expect(long bytes) {}

        @Override
        public void moved(long bytes) {}

        @Override
        public void connections(int count) {}
    };

    /** So many bytes are all there is to it. */
    void expect(long bytes);

    /** So many more bytes of the file are where they belong. */
    void moved(long bytes);

    /** So many connections move it from now on; one, until this is called. */
    void connections(int count);
}
