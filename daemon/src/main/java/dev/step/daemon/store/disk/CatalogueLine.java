package dev.step.daemon.store.disk;

import com.google.gson.JsonArray;
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
import java.util.zip.CRC32C;

/**
 * A line of a catalogue, to bytes and back.
 *
 * <pre>
 * 1c291ca3 {"op":"put","key":"a/b","size":3,"modified":1700000000000,"version":"9f86…","md5":"9001…"}
 * 5be2cd12 {"op":"move","from":"a/b","key":"c","size":3,"modified":1700000000000,"version":"a01d…","md5":"9001…"}
 * 0d4a1185 {"op":"delete","key":"a/b"}
 * 77c01e5b {"all":[{"op":"put","key":"d",…},{"op":"put","key":"e",…}]}
 * </pre>
 *
 * <p>First the CRC32C of the JSON in eight lower-case hexadecimal digits, then a space, then a JSON object in pure
 * ASCII, then a newline. {@code modified} is milliseconds since 1970; {@code md5} and {@code sha256} are there when
 * known. {@code "tree":2} says that the bytes lie in the second tree; else they lie in the first. A later change of the
 * same key counts. Changes that were made together are one line, so that a crash leaves all of them or none, and never
 * more than one line that is torn.
 */
final class CatalogueLine {
    /** How many files one line can put. */
    static final int MAX_CHANGES = 16;

    /** No line is longer, in bytes: a key has at most 1,024, and JSON takes at most three for each. */
    static final int MAX_BYTES = 60 << 10;

    private static final String ALL = "all";
    private static final String OPERATION = "op";
    private static final String PUT = "put";
    private static final String MOVE = "move";
    private static final String DELETE = "delete";
    private static final String FROM = "from";
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

    /** The line of some changes, with its newline; the order of several does not matter. */
    static byte[] encode(List<CatalogueChange> changes) {
        byte[] json = Json.encode(changes.size() == 1 ? toJson(changes.get(0)) : toJson(changes));
        String line = HEX.toHexDigits(checksum(json, 0)) + " " + new String(json, StandardCharsets.US_ASCII) + "\n";
        if (line.length() > MAX_BYTES) {
            throw new IllegalArgumentException("a line of " + line.length() + " bytes");
        }
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    /** The changes of a line without its newline; none if the line is damaged. */
    static List<CatalogueChange> decode(byte[] line) {
        if (line.length < JSON_START || line[CHECKSUM_DIGITS] != ' ') {
            return List.of();
        }
        String text = new String(line, StandardCharsets.UTF_8);
        if (!text.startsWith(HEX.toHexDigits(checksum(line, JSON_START)))) {
            return List.of();
        }
        return parse(text.substring(JSON_START));
    }

    private static int checksum(byte[] bytes, int from) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, bytes.length - from);
        return (int) checksum.getValue();
    }

    private static JsonObject toJson(List<CatalogueChange> changes) {
        if (changes.isEmpty() || changes.size() > MAX_CHANGES) {
            throw new IllegalArgumentException(changes.size() + " changes in one line");
        }
        JsonArray all = new JsonArray();
        changes.forEach(change -> all.add(toJson(change)));
        JsonObject json = new JsonObject();
        json.add(ALL, all);
        return json;
    }

    private static JsonObject toJson(CatalogueChange change) {
        JsonObject json = new JsonObject();
        if (change instanceof CatalogueChange.Delete delete) {
            json.addProperty(OPERATION, DELETE);
            json.addProperty(KEY, delete.key().text());
        } else if (change instanceof CatalogueChange.Put put) {
            json.addProperty(OPERATION, PUT);
            add(put.entry(), json);
        } else if (change instanceof CatalogueChange.Move move) {
            json.addProperty(OPERATION, MOVE);
            json.addProperty(FROM, move.from().text());
            add(move.entry(), json);
        }
        return json;
    }

    private static void add(CatalogueEntry entry, JsonObject json) {
        StoredFile file = entry.file();
        json.addProperty(KEY, file.key().text());
        json.addProperty(SIZE, file.size());
        json.addProperty(MODIFIED, file.modified().toEpochMilli());
        json.addProperty(VERSION, file.version());
        if (entry.tree() == Tree.SECOND) {
            json.addProperty(TREE, SECOND_TREE);
        }
        file.digests().forEach(digest -> json.addProperty(digest.algorithm().fieldName(), digest.hex()));
    }

    private static List<CatalogueChange> parse(String json) {
        try {
            JsonReader reader = new JsonReader(new StringReader(json));
            List<CatalogueChange> changes = parse(reader);
            return reader.peek() == JsonToken.END_DOCUMENT ? changes : List.of();
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            return List.of(); // reading a string fails only over its content
        }
    }

    private static List<CatalogueChange> parse(JsonReader reader) throws IOException {
        reader.beginObject();
        String first = reader.nextName();
        List<CatalogueChange> changes = new ArrayList<>(1);
        if (first.equals(ALL)) {
            reader.beginArray();
            while (reader.hasNext()) {
                reader.beginObject();
                changes.add(new Fields(reader.nextName(), reader).toChange());
            }
            reader.endArray();
            reader.endObject();
        } else {
            changes.add(new Fields(first, reader).toChange());
        }
        return changes;
    }

    /** A change's fields, read one by one and not as a tree: a catalogue can have hundreds of thousands of them. */
    private static final class Fields {
        private String operation = "";
        private String from = "";
        private String key = "";
        private long size = -1;
        private long modified;
        private String version = "";
        private Tree tree = Tree.FIRST;
        private final List<Digest> digests = new ArrayList<>(1);

        /** Reads the rest of an object, behind the name of its first field. */
        Fields(String first, JsonReader reader) throws IOException {
            read(first, reader);
            while (reader.hasNext()) {
                read(reader.nextName(), reader);
            }
            reader.endObject();
        }

        private void read(String name, JsonReader reader) throws IOException {
            switch (name) {
                case OPERATION -> operation = reader.nextString();
                case FROM -> from = reader.nextString();
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
                case MOVE -> new CatalogueChange.Move(new CatalogueEntry(toFile(), tree), new Key(from));
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
