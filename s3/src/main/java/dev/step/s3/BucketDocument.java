package dev.step.s3;

import dev.step.daemon.auth.SharedDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A document in an object of its own, changed by conditional requests. Every server remembers what it says, for at most
 * {@link #STALE_AFTER}: so long after an edit, a server may go by what the document said before.
 */
final class BucketDocument implements SharedDocument {
    private static final Logger LOG = LoggerFactory.getLogger(BucketDocument.class);

    /** How old what is known may be. */
    static final Duration STALE_AFTER = Duration.ofSeconds(10);
    /** When to look again, which one question does while the others go on with what is known. */
    static final Duration LOOK_AFTER = Duration.ofSeconds(5);
    /** How often a refusal may have the document looked at: whoever is refused may come back at once, and for ever. */
    static final Duration NEW_ENOUGH_TO_REFUSE = Duration.ofMillis(100);

    private static final int MOST_RACES = 100;

    private final ObjectStorage storage;
    private final String name;
    private final LongSupplier nanos;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Seen last;
    /** What has come of the last look, if it has failed. */
    private volatile @Nullable Failed failed;

    /** @param nanos a clock that is never set, in nanoseconds */
    BucketDocument(ObjectStorage storage, String name, LongSupplier nanos) {
        this.storage = storage;
        this.name = name;
        this.nanos = nanos;
    }

    private record Seen(Optional<ObjectStorage.Content> content, long atNanos) {
        Optional<String> tag() {
            return content.map(ObjectStorage.Content::tag);
        }
    }

    private record Failed(IOException failure, long atNanos) {}

    @Override
    public String place() {
        return "the object " + name + " of the store";
    }

    @Override
    public Optional<byte[]> read() throws IOException {
        return storage.get(name).map(ObjectStorage.Content::bytes);
    }

    @Override
    public void edit(Edit edit) throws IOException {
        for (int race = 0; race < MOST_RACES; race++) {
            Optional<ObjectStorage.Content> before = storage.get(name);
            Optional<byte[]> changed = edit.changed(before.map(ObjectStorage.Content::bytes));
            if (changed.isEmpty() || write(before, changed.get()).isPresent()) {
                last = null; // this process sees its own edit at once
                return;
            }
        }
        throw new IOException(
                "Others have edited " + place() + " " + MOST_RACES + " times in a row; try again when they are done");
    }

    private Optional<String> write(Optional<ObjectStorage.Content> before, byte[] changed) throws IOException {
        return before.isPresent() ? storage.replace(name, before.get().tag(), changed) : storage.create(name, changed);
    }

    @Override
    public <T> Known<T> known(Reader<T> reader) {
        return new Understood<>(reader);
    }

    private boolean isYounger(@Nullable Seen seen, Duration age) {
        return seen != null && nanos.getAsLong() - seen.atNanos < age.toNanos();
    }

    private Seen current() throws IOException {
        Seen known = last;
        if (known != null && isYounger(known, LOOK_AFTER)) {
            return known;
        }
        return known != null && isYounger(known, STALE_AFTER) ? renewed(known) : awaited();
    }

    /** What is known may be used, but not for long. */
    private Seen renewed(Seen known) throws IOException {
        if (!looking.tryLock()) {
            return known;
        }
        try {
            return look();
        } catch (IOException e) {
            if (!isYounger(known, STALE_AFTER)) { // by now
                throw e;
            }
            LOG.debug("going on with what is known of {}", name, e);
            return known;
        } finally {
            looking.unlock();
        }
    }

    /** Nothing may be used that is known. Those who wait for a look share what comes of it, a failure, too. */
    private Seen awaited() throws IOException {
        long begun = nanos.getAsLong();
        looking.lock();
        try {
            Seen seen = last;
            if (seen != null && isYounger(seen, LOOK_AFTER)) {
                return seen;
            }
            Failed failure = failed;
            if (failure != null && failure.atNanos - begun > 0) {
                throw new IOException(failure.failure.getMessage(), failure.failure);
            }
            return look();
        } finally {
            looking.unlock();
        }
    }

    /** Called with the lock. All of the document is read only if it has changed. */
    private Seen look() throws IOException {
        long now = nanos.getAsLong(); // before the request: what it finds is at least as young
        try {
            Seen known = last;
            boolean same = known != null
                    && storage.get(name, 0, 1).map(ObjectStorage.Content::tag).equals(known.tag());
            Seen seen = new Seen(known != null && same ? known.content : storage.get(name), now);
            last = seen;
            failed = null;
            return seen;
        } catch (IOException e) {
            failed = new Failed(e, nanos.getAsLong());
            throw e;
        }
    }

    private void lookAgain() {
        looking.lock();
        try {
            if (!isYounger(last, NEW_ENOUGH_TO_REFUSE)) {
                look();
            }
        } catch (IOException e) {
            LOG.debug("going on with what is known of {}", name, e);
        } finally {
            looking.unlock();
        }
    }

    /** What the document says to somebody; understood anew only when it has changed. */
    private final class Understood<T> implements Known<T> {
        private final Reader<T> reader;
        private volatile @Nullable Version<T> version;

        Understood(Reader<T> reader) {
            this.reader = reader;
        }

        @Override
        public T current() throws IOException {
            Seen seen = BucketDocument.this.current();
            Version<T> known = version;
            if (known == null || !known.tag.equals(seen.tag())) {
                known = new Version<>(seen.tag(), reader.read(seen.content.map(ObjectStorage.Content::bytes)));
                version = known;
            }
            return known.meaning;
        }

        @Override
        public void lookAgain() {
            BucketDocument.this.lookAgain();
        }
    }

    private record Version<T>(Optional<String> tag, T meaning) {}
}
