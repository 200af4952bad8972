package dev.step.s3;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;

/**
 * The object storage as one server sees it, which can be stopped at any of its requests as if it were killed: that one is
 * carried out or not, but its answer reaches nobody, and there are no others.
 */
final class StoppableStorage implements ObjectStorage {
    private static final long NEVER = Long.MAX_VALUE;

    private final ObjectStorage storage;
    private final Random random;
    private long left = NEVER;
    private boolean stopped;

    /** @param storage stays open when this is closed */
    StoppableStorage(ObjectStorage storage, Random random) {
        this.storage = storage;
        this.random = random;
    }

    /** The server is to be stopped at the request behind so many. */
    synchronized void stopAfter(int requests) {
        left = requests;
    }

    /** It is not to be stopped any more, unless it is already. */
    synchronized void stopNever() {
        left = NEVER;
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    private interface Request<T> {
        T make() throws IOException;
    }

    private <T> T request(Request<T> request) throws IOException {
        boolean isLast;
        boolean isMade;
        synchronized (this) {
            isLast = !stopped && left-- <= 0;
            isMade = !stopped && (!isLast || random.nextBoolean());
            stopped |= isLast;
        }
        try {
            if (isMade) {
                T answer = request.make();
                if (!isLast) {
                    return answer;
                }
            }
        } catch (IOException e) {
            if (!isLast) {
                throw e;
            }
        }
        throw new IOException("this server is stopped");
    }

    @Override
    public Optional<Content> get(String name) throws IOException {
        return request(() -> storage.get(name));
    }

    @Override
    public Optional<Content> get(String name, long from, int length) throws IOException {
        return request(() -> storage.get(name, from, length));
    }

    @Override
    public Optional<String> create(String name, byte[] content) throws IOException {
        return request(() -> storage.create(name, content));
    }

    @Override
    public Optional<String> replace(String name, String tag, byte[] content) throws IOException {
        return request(() -> storage.replace(name, tag, content));
    }

    @Override
    public Optional<String> create(String name, byte[] content, String owner) throws IOException {
        return request(() -> storage.create(name, content, owner));
    }

    @Override
    public Optional<String> owner(String name) throws IOException {
        return request(() -> storage.owner(name));
    }

    @Override
    public void copy(String from, String to, String owner) throws IOException {
        request(() -> {
            storage.copy(from, to, owner);
            return to;
        });
    }

    @Override
    public void delete(String name) throws IOException {
        request(() -> {
            storage.delete(name);
            return name;
        });
    }

    @Override
    public void delete(String name, Content seen) throws IOException {
        request(() -> {
            storage.delete(name, seen);
            return name;
        });
    }

    @Override
    public void tryWriting(String name) throws IOException {
        request(() -> {
            storage.tryWriting(name);
            return name;
        });
    }

    @Override
    public Page list(Range range) throws IOException {
        return request(() -> storage.list(range));
    }

    @Override
    public void close() {}
}
