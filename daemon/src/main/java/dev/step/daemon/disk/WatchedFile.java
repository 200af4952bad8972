package dev.step.daemon.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a file says, read again when the file has changed. Every request asks, and a look at a file's attributes costs a
 * tenth of a small request; so one look serves all who ask within {@link #NOTICED_WITHIN}. Who has changed a file and then
 * waits that long, with {@link #awaitNoticed}, can be sure that every question that comes later sees the change. Who
 * replaces the file, instead of writing into it, can be sure that no question sees half of it. Safe for any number of
 * threads.
 */
public final class WatchedFile<T> {
    /** How long a change may go unseen. */
    static final Duration NOTICED_WITHIN = Duration.ofMillis(10);

    private final List<Path> files;
    private final Reader<T> reader;
    private volatile @Nullable Version<T> last;

    /** Does not read yet. */
    public WatchedFile(Path file, Reader<T> reader) {
        this(List.of(file), reader);
    }

    /** What several files say together; does not read yet. */
    public WatchedFile(List<Path> files, Reader<T> reader) {
        this.files = List.copyOf(files);
        this.reader = reader;
    }

    /** Waits until all that has been changed before is seen by every question. */
    public static void awaitNoticed() {
        long end = System.nanoTime() + NOTICED_WITHIN.toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** What the file says now. */
    public T current() throws IOException {
        Version<T> known = last;
        return known != null && known.isSeenJust(System.nanoTime()) ? known.content : look();
    }

    private synchronized T look() throws IOException {
        long now = System.nanoTime();
        Version<T> known = last;
        if (known != null && known.isSeenJust(now)) {
            return known.content; // by the one we have waited for
        }
        List<Stamp> stamps = stamps(); // before reading: a change meanwhile has it read once more
        T content = known != null && known.stamps.equals(stamps) ? known.content : reader.read();
        last = new Version<>(stamps, content, now);
        return content;
    }

    private List<Stamp> stamps() throws IOException {
        List<Stamp> stamps = new ArrayList<>(files.size());
        for (Path file : files) {
            stamps.add(Stamp.of(file));
        }
        return stamps;
    }

    /** Reads the file, or says what holds when there is none. */
    @FunctionalInterface
    public interface Reader<T> {
        T read() throws IOException;
    }

    /** What the file said when it was last looked at, by {@link System#nanoTime}. */
    private record Version<T>(List<Stamp> stamps, T content, long seenNanos) {
        boolean isSeenJust(long now) {
            return now - seenNanos < NOTICED_WITHIN.toNanos();
        }
    }

    /** What tells one version of a file from another. */
    private record Stamp(@Nullable Object fileKey, FileTime modified, long size) {
        private static final Stamp OF_NOTHING = new Stamp(null, FileTime.fromMillis(0), -1);

        static Stamp of(Path file) throws IOException {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
            } catch (NoSuchFileException e) {
                return OF_NOTHING;
            }
        }
    }
}
