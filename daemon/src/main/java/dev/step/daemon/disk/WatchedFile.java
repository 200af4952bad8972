package dev.step.daemon.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file says, read again when the file has changed: asking costs one look at its attributes. Whoever replaces the
 * file, instead of writing into it, can be sure that the next question sees the change. Safe for any number of threads.
 */
public final class WatchedFile<T> {
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

    /** What the file says now. */
    public T current() throws IOException {
        Version<T> known = last;
        List<Stamp> now = stamps();
        return known != null && known.stamps.equals(now) ? known.content : readAgain();
    }

    private synchronized T readAgain() throws IOException {
        List<Stamp> before = stamps(); // a change while it is being read has it read once more
        Version<T> known = last;
        if (known != null && known.stamps.equals(before)) {
            return known.content;
        }
        Version<T> fresh = new Version<>(before, reader.read());
        last = fresh;
        return fresh.content;
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

    private record Version<T>(List<Stamp> stamps, T content) {}

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
