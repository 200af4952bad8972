package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.protocol.Key;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which values one user has, and what they take: found on the disk when somebody first asks, and kept up from then on.
 * Anyone may read; whoever changes it holds the lock of the user's values.
 */
final class ValueIndex {
    /** Held over changes of values' names, and their syncs. */
    private final ReentrantLock changes = new ReentrantLock();

    private final Disk disk;
    private final UserPaths paths;
    private final Folders folders;
    private volatile @Nullable Known known;

    ValueIndex(UserPlace place) {
        this.disk = place.disk();
        this.paths = place.paths();
        this.folders = place.folders();
    }

    ReentrantLock changes() {
        return changes;
    }

    /** What all values take, in bytes. */
    long bytes() throws IOException {
        return known().bytes.get();
    }

    Listing.Page<Key> page(ListQuery query) throws IOException {
        Listing.Page<Value> page = known().values.page(query);
        return new Listing.Page<>(page.values().stream().map(Value::key).toList(), page.folders(), page.after());
    }

    /** A value was saved. */
    void added(Key key, long size) {
        Known now = known;
        if (now != null) {
            now.add(new Value(key, size));
        }
    }

    /** A value was removed. */
    void removed(Key key) {
        Known now = known;
        if (now != null) {
            now.remove(key);
        }
    }

    private Known known() throws IOException {
        Known now = known;
        return now != null ? now : load();
    }

    private Known load() throws IOException {
        changes.lock();
        try {
            Known now = known;
            if (now != null) {
                return now;
            }
            Known found = new Known();
            if (folders.exists(paths.data())) {
                collect(paths.data(), found);
            }
            known = found;
            return found;
        } finally {
            changes.unlock();
        }
    }

    /** What lies there under names that no key has is not ours, and not listed. */
    private void collect(Path folder, Known found) throws IOException {
        for (String name : disk.list(folder)) {
            Path path = folder.resolve(name);
            switch (disk.kind(path)) {
                case FOLDER -> collect(path, found);
                case FILE -> {
                    Optional<Key> key = EscapedPath.key(paths.data().relativize(path));
                    if (key.isPresent()) {
                        found.add(new Value(key.get(), size(path)));
                    }
                }
                case NOTHING, OTHER -> {}
            }
        }
    }

    private long size(Path path) throws IOException {
        try (DiskFile file = disk.openForReading(path)) {
            return file.size();
        }
    }

    private record Value(Key key, long size) {}

    /** What has been found. Changed under the lock only. */
    private static final class Known {
        private final KeyIndex<Value> values = new KeyIndex<>();
        private final AtomicLong bytes = new AtomicLong();

        void add(Value value) {
            long before = values.replace(value.key(), value).map(Value::size).orElse(0L);
            bytes.addAndGet(value.size() - before);
        }

        void remove(Key key) {
            bytes.addAndGet(-values.remove(key).map(Value::size).orElse(0L));
        }
    }
}
