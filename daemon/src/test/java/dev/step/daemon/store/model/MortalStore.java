package dev.step.daemon.store.model;

import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UserFiles;
import java.io.IOException;
import java.util.List;

/** A store that may die at any moment, or be out of reach, as the clients of one user meet it. */
public interface MortalStore {
    /** The user's files; where several processes serve them, any one's. */
    UserFiles files() throws IOException;

    /**
     * Passes if what the store has just said has reached its clients.
     *
     * @throws IOException when it has not, as the process was stopped meanwhile
     */
    void awaitAnswer() throws IOException;

    /** The bytes of each of these blocks, which an unfinished upload has received, from where they lie. */
    List<byte[]> received(Upload upload, List<Integer> blocks) throws IOException;
}
