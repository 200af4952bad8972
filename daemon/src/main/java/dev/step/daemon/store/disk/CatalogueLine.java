package dev.step.daemon.store.disk;

import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.frame.Json;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A line of a catalogue, to bytes and back.
 *
 * <pre>
 * 1c291ca3 {"op":"put","key":"a/b","size":3,"modified":1700000000000,"version":"9f86…","md5":"9001…"}
 * 0d4a1185 {"op":"delete","key":"a/b"}
 * </pre>
 *
 * <p>First the CRC32C of the JSON in eight lower-case hexadecimal digits, then a space, then a JSON object in pure
 * ASCII, then a newline. {@code modified} is milliseconds since 1970; {@code md5} and {@code sha256} are there when
 * known. {@code "tree":2} says that the bytes lie in the second tree; else they lie in the first. A later line about the
 * same key counts.
 */
final class CatalogueLine {
    /** No line is longer, in bytes: a key has at most 1,024, and JSON takes at most three for each. */
    static final int MAX_BYTES = 8 << 10;

    private static final String OPERATION = "op";
    private static final String PUT = "put";
    private static final String DELETE = "delete";
    private static final String KEY = "key";
    private static final String SIZE = "size";
    private static final String MODIFIED = "modified";
    private static final String VERSION = "version";
    private static final String TREE = "tree";
    private static final int SECOND_TREE = 2;

    private static final HexFormat HEX = HexFormat.of();
    private static final int CHECKSUM_DIGITS = 8;
    private static final int JSON_START = CHECKSUM_DIGITS + 1;

    private CatalogueLine() {}

    /** The line of a change, with its newline. */
    static byte[] encode(CatalogueChange change) {
        byte[] json = Json.encode(toJson(change));
        String line = HEX.toHexDigits(checksum(json, 0)) + " " + new String(json, StandardCharsets.US_ASCII) + "\n";
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    /** The change of a line without its newline; empty if the line is damaged. */
    static Optional<CatalogueChange> decode(byte[] line) {
        if (line.length < JSON_START || line[CHECKSUM_DIGITS] != ' ') {
            return Optional.empty();
        }
        String text = new String(line, StandardCharsets.UTF_8);
        if (!text.startsWith(HEX.toHexDigits(checksum(line, JSON_START)))) {
            return Optional.empty();
        }
        return parse(text.substring(JSON_START));
    }

    private static int checksum(byte[] bytes, int from) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, bytes.length - from);
        return (int) checksum.getValue();
    }

    private static JsonObject toJson(CatalogueChange change) {
        JsonObject json = new JsonObject();
        if (change instanceof CatalogueChange.Delete delete) {
            json.addProperty(OPERATION, DELETE);
            json.addProperty(KEY, delete.key().text());
        } else if (change instanceof CatalogueChange.Put put) {
            StoredFile file = put.entry().file();
            json.addProperty(OPERATION, PUT);
            json.addProperty(KEY, file.key().text());
            json.addProperty(SIZE, file.size());
            json.addProperty(MODIFIED, file.modified().toEpochMilli());
            json.addProperty(VERSION, file.version());
            if (put.entry().tree() == Tree.SECOND) {
                json.addProperty(TREE, SECOND_TREE);
            }
            file.digests().forEach(digest -> json.addProperty(digest.algorithm().fieldName(), digest.hex()));
        }
        return json;
    }

    private static Optional<CatalogueChange> parse(String json) {
        try {
            return Optional.of(new Fields(json).toChange());
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            return Optional.empty(); // reading a string fails only over its content
        }
    }

    /** A line's fields, read one by one and not as a tree: a catalogue can have hundreds of thousands of lines. */
    private static final class Fields {
        private String operation = "";
        private String key = "";
        private long size = -1;
        private long modified;
        private String version = "";
        private Tree tree = Tree.FIRST;
        private final List<Digest> digests = new ArrayList<>(1);

        Fields(String json) throws IOException {
            JsonReader reader = new JsonReader(new StringReader(json));
            reader.beginObject();
            while (reader.hasNext()) {
                read(reader.nextName(), reader);
            }
            reader.endObject();
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("more than one object");
            }
        }

        private void read(String name, JsonReader reader) throws IOException {
            switch (name) {
                case OPERATION -> operation = reader.nextString();
                case KEY -> key = reader.nextString();
                case SIZE -> size = reader.nextLong();
                case MODIFIED -> modified = reader.nextLong();
                case VERSION -> version = reader.nextString();
                case TREE -> tree = tree(reader.nextInt());
                default -> digests.add(new Digest(algorithm(name), reader.nextString()));
            }
        }

        private static Tree tree(int number) throws IOException {
            if (number != SECOND_TREE) {
                throw new IOException("unknown tree " + number);
            }
            return Tree.SECOND;
        }

        private static DigestAlgorithm algorithm(String fieldName) throws IOException {
            for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
                if (algorithm.fieldName().equals(fieldName)) {
                    return algorithm;
                }
            }
            throw new IOException("unknown field " + fieldName);
        }

        private CatalogueChange toChange() throws IOException {
            return switch (operation) {
                case PUT -> new CatalogueChange.Put(new CatalogueEntry(toFile(), tree));
                case DELETE -> new CatalogueChange.Delete(new Key(key));
                default -> throw new IOException("unknown change");
            };
        }

        private StoredFile toFile() throws IOException {
            if (size < 0 || version.isEmpty()) {
                throw new IOException("a needed field is missing");
            }
            return new StoredFile(new Key(key), size, Instant.ofEpochMilli(modified), List.copyOf(digests), version);
        }
    }
}
