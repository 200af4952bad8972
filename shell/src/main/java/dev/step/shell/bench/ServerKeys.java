package dev.step.shell.bench;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import dev.step.shell.client.RemoteFiles;
import dev.step.shell.client.Session;
import dev.step.shell.client.Values;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The keys that a run uses on the server. They are unlike anybody else's, without a slash, which would break old servers,
 * and each is remembered from before its first use until it is removed. For several threads.
 */
final class ServerKeys {
    /** What the key of every run begins with. */
    static final String START = "step-bench-";

    private final String prefix = START + String.format("%016x-", new SecureRandom().nextLong());
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Key> files = ConcurrentHashMap.newKeySet();
    private final Set<Key> values = ConcurrentHashMap.newKeySet();

    /** A key for a file. */
    Key newFile() {
        return remembered(files);
    }

    /** A key for a value. */
    Key newValue() {
        return remembered(values);
    }

    private Key remembered(Set<Key> keys) {
        Key key = new Key(prefix + next.getAndIncrement());
        keys.add(key);
        return key;
    }

    void removeFile(Session session, Key key) throws ClientException {
        new RemoteFiles(session).delete(key);
        files.remove(key);
    }

    void removeValue(Session session, Key key) throws ClientException {
        new Values(session).delete(key);
        values.remove(key);
    }

    boolean isEmpty() {
        return files.isEmpty() && values.isEmpty();
    }

    /**
     * Removes all that is left, half or whole.
     *
     * @throws ClientException when the server cannot be asked, or refuses; what is left is still remembered
     */
    void removeAll(Session session) throws ClientException {
        RemoteFiles remoteFiles = new RemoteFiles(session);
        for (Key key : List.copyOf(files)) {
            removeIfThere(() -> remoteFiles.delete(key));
            files.remove(key);
        }
        Values remoteValues = new Values(session);
        for (Key key : List.copyOf(values)) {
            removeIfThere(() -> remoteValues.delete(key));
            values.remove(key);
        }
    }

    /** What is left, for somebody else to remove. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        files.forEach(key -> texts.add(key.text()));
        values.forEach(key -> texts.add(key.text()));
        return texts;
    }

    private interface Removal {
        void run() throws ClientException;
    }

    /**
     * Removes what may be there or not. Of an unfinished upload a server says that it is not there, and discards it all the
     * same.
     */
    private static void removeIfThere(Removal removal) throws ClientException {
        try {
            removal.run();
        } catch (ClientException e) {
            if (e.problem() != Problem.NOT_FOUND) {
                throw e;
            }
        }
    }
}
