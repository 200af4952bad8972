package dev.step.daemon.auth;

import java.io.IOException;
import java.util.Optional;

/**
 * A short text for servers and admins alone, which is replaced as a whole or not at all: accounts, keys. Any number of
 * processes, wherever they run, may read and edit it; no edit is lost. Safe for any number of threads.
 */
public interface SharedDocument {
    /** Where it is, in words for the admin. */
    String place();

    /** What it says now; empty when there is none. */
    Optional<byte[]> read() throws IOException;

    /**
     * Changes it. When this returns, the change is durable.
     *
     * @param edit may be asked more than once, when others edit at the same time
     * @throws IOException also what the edit throws: then nothing is changed
     */
    void edit(Edit edit) throws IOException;

    /** What the document says, at hand for every request. Does not read yet. */
    <T> Known<T> known(Reader<T> reader);

    /** Makes another text out of one; empty: leaves it as it is. */
    @FunctionalInterface
    interface Edit {
        Optional<byte[]> changed(Optional<byte[]> before) throws IOException;
    }

    /** Understands a text; empty: there is none. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Optional<byte[]> text) throws IOException;
    }

    /** What a document says. */
    interface Known<T> {
        /**
         * What it has said at most so long ago as the document's kind of place allows. The same object as long as nothing has
         * changed.
         */
        T current() throws IOException;

        /**
         * Has a look at the document, for who would refuse something because of what is known: that may be older than what
         * another server goes by. A failure is left to {@link #current}.
         */
        void lookAgain();
    }
}
