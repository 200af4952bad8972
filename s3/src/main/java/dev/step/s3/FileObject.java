package dev.step.s3;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.step.daemon.journal.UploadId;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The object of a complete file: a line that says what is known of it, and then either all of its content, or the names of
 * the segments that have it. No two are ever the same, because each has a version of its own.
 *
 * <pre>
 * {"key":"a/b","version":"…","size":5,"modified":0,"md5":"…"}
 * hello
 *
 * {"key":"c","version":"…","size":20000000,"modified":0,"sha256":"…","content":"…","block_size":65536}
 * W1/0-0.128
 * W1/1-80.10         one line for each segment; of a block that is in several, the last one counts
 * </pre>
 *
 * @param record the name of the upload's record that it was published by, among those of its key; empty when it came otherwise
 * @param segmented where the content is; empty: it follows the line
 * @param rest what follows the line; only its beginning when only that was read
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record FileObject(StoredFile file, Optional<String> record, Optional<Segmented> segmented, byte[] rest) {
    /** The line is never longer: a key takes at most three bytes for each of its own, and the rest is some 300. */
    static final int MAX_LINE_BYTES = 4 << 10;

    /** The largest content that is kept behind the line, in bytes. */
    static final int MAX_INLINE_BYTES = 1 << 20;

    /**
     * Where the content of a larger file is.
     *
     * @param id what the segments are found by
     */
    record Segmented(UploadId id, int blockSize) {}

    /** A file with its content. */
    static FileObject inline(StoredFile file, byte[] content) {
        return new FileObject(file, Optional.empty(), Optional.empty(), content);
    }

    /** A file whose content is in these segments. */
    static FileObject of(StoredFile file, Segmented segmented, List<SegmentName> segments) {
        String names =
                String.join("\n", segments.stream().map(SegmentName::toString).toList());
        return new FileObject(
                file, Optional.empty(), Optional.of(segmented), names.getBytes(StandardCharsets.US_ASCII));
    }

    /** The same file, published by this upload. */
    FileObject by(UploadRecord upload) {
        return new FileObject(file, Optional.of(upload.name()), segmented, rest);
    }

    /** The segments, in the order of their lines. */
    List<SegmentName> segments() {
        return new String(rest, StandardCharsets.US_ASCII)
                .lines()
                .map(SegmentName::parse)
                .toList();
    }

    byte[] encode() {
        JsonObject fields = new JsonObject();
        fields.addProperty("key", file.key().text());
        fields.addProperty("version", file.version());
        fields.addProperty("size", file.size());
        fields.addProperty("modified", file.modified().toEpochMilli());
        for (Digest digest : file.digests()) {
            fields.addProperty(digest.algorithm().fieldName(), digest.hex());
        }
        record.ifPresent(name -> fields.addProperty("upload", name));
        segmented.ifPresent(where -> {
            fields.addProperty("content", where.id().toString());
            fields.addProperty("block_size", where.blockSize());
        });
        return JsonLine.write(fields, rest);
    }

    /**
     * Reads such an object, or its beginning.
     *
     * @param name of the object, for the admin
     */
    static FileObject read(String name, byte[] bytes) throws IOException {
        JsonLine line = JsonLine.read(name, bytes);
        try {
            StoredFile file = new StoredFile(
                    new Key(line.text("key")),
                    line.number("size"),
                    Instant.ofEpochMilli(line.number("modified")),
                    digests(line),
                    line.text("version"));
            Optional<Segmented> segmented = line.find("content").isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Segmented(
                            UploadId.parse(line.text("content")).orElseThrow(),
                            Math.toIntExact(line.number("block_size"))));
            return new FileObject(file, line.find("upload").map(JsonElement::getAsString), segmented, line.rest());
        } catch (RuntimeException e) { // Gson and the checks of what is read each have their own
            throw new DamagedObjectException(name, e);
        }
    }

    private static List<Digest> digests(JsonLine line) {
        List<Digest> digests = new ArrayList<>();
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            line.find(algorithm.fieldName())
                    .ifPresent(value -> digests.add(new Digest(algorithm, value.getAsString())));
        }
        return digests;
    }

    /** The same file of which more is known. */
    FileObject with(StoredFile better) {
        return new FileObject(better, record, segmented, rest);
    }
}
