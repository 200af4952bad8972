package dev.step.daemon.store.archive;

import com.google.gson.JsonElement;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.frame.Json;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Reads an archive; {@link ArchiveWriter} mirrors it. */
public final class ArchiveReader implements Closeable {
    private static final int MAX_NUMBER_BYTES = 100;

    private final TarArchiveInputStream tar;
    private long entries;

    /**
     * Reads the beginning of an archive. The stream is closed with it.
     *
     * @throws IOException also when it is something else, or of a version that is not known
     */
    public ArchiveReader(InputStream in) throws IOException {
        tar = new TarArchiveInputStream(in, StandardCharsets.UTF_8.name());
        TarArchiveEntry first = tar.getNextEntry();
        if (first == null || !first.getName().equals(ArchiveFormat.START)) {
            throw new IOException("This is not an export of a store: it does not begin with an entry \""
                    + ArchiveFormat.START + "\"");
        }
        long version = number(ArchiveFormat.FORMAT_FIELD);
        if (version != ArchiveFormat.VERSION) {
            throw new IOException("This export is of format " + version + "; this server knows only format "
                    + ArchiveFormat.VERSION + ": import it with a newer one");
        }
    }

    /**
     * The next entry, whose bytes {@link #content} has; empty behind the last.
     *
     * @throws EOFException when the archive was cut off
     */
    public Optional<ArchiveEntry> next() throws IOException {
        TarArchiveEntry header = tar.getNextEntry();
        if (header == null) {
            throw new EOFException("The export ends too soon: it was cut off");
        }
        if (header.getName().equals(ArchiveFormat.END)) {
            checkEnd(number(ArchiveFormat.ENTRIES_FIELD));
            return Optional.empty();
        }
        if (!header.isFile()) {
            throw new IOException("The export has an entry that is no file: " + header.getName());
        }
        entries++;
        return Optional.of(entry(header));
    }

    private void checkEnd(long expected) throws IOException {
        if (expected != entries) {
            throw new IOException("The export should have " + expected + " entries, and has " + entries);
        }
    }

    private static ArchiveEntry entry(TarArchiveEntry header) throws IOException {
        List<Digest> digests = new ArrayList<>();
        try {
            for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
                String hex = header.getExtraPaxHeader(ArchiveFormat.header(algorithm));
                if (hex != null) {
                    digests.add(new Digest(algorithm, hex));
                }
            }
            Instant modified = modified(header.getExtraPaxHeader(ArchiveFormat.MODIFIED));
            return new ArchiveEntry(header.getName(), header.getSize(), modified, digests);
        } catch (IllegalArgumentException e) {
            throw new IOException("The export is damaged at " + header.getName() + ": " + e.getMessage(), e);
        }
    }

    private static Instant modified(@Nullable String milliseconds) {
        if (milliseconds == null) {
            throw new IllegalArgumentException("it has no time");
        }
        return Instant.ofEpochMilli(Long.parseLong(milliseconds));
    }

    /** The bytes of the entry that was read last, up to their end. */
    public InputStream content() {
        return tar;
    }

    private long number(String field) throws IOException {
        String text = new String(tar.readNBytes(MAX_NUMBER_BYTES), StandardCharsets.UTF_8);
        JsonElement number = Json.parse(text).map(json -> json.get(field)).orElse(null);
        if (number == null || !number.isJsonPrimitive()) {
            throw new IOException("The export is damaged: it has no \"" + field + "\"");
        }
        return number.getAsLong();
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
