package dev.step.protocol.frame;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.step.protocol.Limits;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strict JSON objects to text and back. What is written is pure ASCII, so that bytes and characters count alike. */
public final class Json {
    private static final TypeAdapter<JsonElement> ELEMENTS = new Gson().getAdapter(JsonElement.class);

    private Json() {}

    /** The object that this text is; empty if it is not exactly one JSON object. A repeated name: the last counts. */
    public static Optional<JsonObject> parse(String text) {
        return parse(new StringReader(text), Limits.MAX_JSON_VALUES);
    }

    private static Optional<JsonObject> parse(Reader text, int mostValues) {
        JsonReader reader = new BoundedReader(text, mostValues);
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(Limits.MAX_JSON_DEPTH);
        try {
            if (reader.peek() != JsonToken.BEGIN_OBJECT) {
                return Optional.empty();
            }
            JsonObject object = ELEMENTS.read(reader).getAsJsonObject();
            return reader.peek() == JsonToken.END_DOCUMENT ? Optional.of(object) : Optional.empty();
        } catch (IOException | JsonParseException | NumberFormatException e) {
            return Optional.empty(); // reading a string fails only over its content
        }
    }

    /** As {@link #parse(String)}; bytes that are not UTF-8 are no JSON, so that no name or value becomes another. */
    static Optional<JsonObject> parse(byte[] utf8, int mostValues) {
        Optional<JsonObject> plain = PlainObject.read(utf8, (mostValues - 1) / 2); // a name and a value each
        if (plain.isPresent()) {
            return plain;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return parse(new StringReader(text), mostValues);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Whether all that is wrong with this text is that it ends too soon: more of it could make it an object. */
    static boolean isCutShort(String text) {
        EndWatcher watched = new EndWatcher(text);
        return parse(watched, Limits.MAX_JSON_VALUES).isEmpty() && watched.endSeen;
    }

    /** The object in pure ASCII: other characters are written as {@code \}{@code uXXXX}. */
    public static byte[] encode(JsonObject object) {
        return JsonEncoder.encode(object, 0);
    }

    /** Reads no more values than the limit: a short text can hold many, each of which takes much more memory. */
    private static final class BoundedReader extends JsonReader {
        private final int most;
        private int values;

        BoundedReader(Reader text, int most) {
            super(text);
            this.most = most;
        }

        private void count() throws MalformedJsonException {
            values++;
            if (values > most) {
                throw new MalformedJsonException("more than " + most + " values");
            }
        }

        @Override
        public void beginArray() throws IOException {
            count();
            super.beginArray();
        }

        @Override
        public void beginObject() throws IOException {
            count();
            super.beginObject();
        }

        @Override
        public String nextName() throws IOException {
            count();
            return super.nextName();
        }

        @Override
        public String nextString() throws IOException {
            count();
            return super.nextString();
        }

        @Override
        public boolean nextBoolean() throws IOException {
            count();
            return super.nextBoolean();
        }

        @Override
        public void nextNull() throws IOException {
            count();
            super.nextNull();
        }
    }

    /** Notes whether somebody wanted more than there is. */
    private static final class EndWatcher extends StringReader {
        private boolean endSeen;

        EndWatcher(String text) {
            super(text);
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            endSeen |= count < 0;
            return count;
        }
    }
}
