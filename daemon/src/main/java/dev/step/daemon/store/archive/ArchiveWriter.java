package dev.step.daemon.store.archive;

import com.google.gson.JsonObject;
import dev.step.protocol.frame.Json;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes an archive; {@link ArchiveReader} mirrors it. */
public final class ArchiveWriter implements Closeable {
    private static final int MODE = 0640;

    private final TarArchiveOutputStream tar;
    private long entries;

    /** Begins an archive. The stream is closed with it. */
    public ArchiveWriter(OutputStream out) throws IOException {
        tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        putNumber(ArchiveFormat.START, ArchiveFormat.FORMAT_FIELD, ArchiveFormat.VERSION);
    }

    /** Begins an entry, whose bytes are to be written next, all of them. */
    public OutputStream begin(ArchiveEntry entry) throws IOException {
        TarArchiveEntry header = header(entry);
        header.addPaxHeader(
                ArchiveFormat.MODIFIED, Long.toString(entry.modified().toEpochMilli()));
        entry.digests().forEach(digest -> header.addPaxHeader(ArchiveFormat.header(digest.algorithm()), digest.hex()));
        tar.putArchiveEntry(header);
        return tar;
    }

    private static TarArchiveEntry header(ArchiveEntry entry) {
        TarArchiveEntry header = new TarArchiveEntry(entry.name());
        header.setSize(entry.size());
        header.setMode(MODE);
        header.setLastModifiedTime(FileTime.from(entry.modified()));
        return header;
    }

    /** Ends the entry that was begun last. */
    public void end() throws IOException {
        tar.closeArchiveEntry();
        entries++;
    }

    /** Says that nothing is missing. An archive without this is one that was cut off. */
    public void finish() throws IOException {
        putNumber(ArchiveFormat.END, ArchiveFormat.ENTRIES_FIELD, entries);
        tar.finish();
    }

    private void putNumber(String name, String field, long number) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty(field, number);
        byte[] bytes = Json.encode(json);
        tar.putArchiveEntry(header(new ArchiveEntry(name, bytes.length, Instant.EPOCH, List.of())));
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
