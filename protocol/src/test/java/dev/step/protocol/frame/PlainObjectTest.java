package dev.step.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.step.protocol.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainObjectTest {
    /** What a message is read and written by has to agree with the reader and the writer of all JSON. */
    @Test
    void plainAndAnyOtherJsonAreReadAndWrittenAsByGson() {
        Random random = Seeded.random();
        Gson gson = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
        int plain = 0;
        for (int i = 0; i < 20_000; i++) {
            JsonObject object = anyObject(random, random.nextInt(3));
            String theirs = gson.toJson(object);
            String ours = new String(Json.encode(object), StandardCharsets.US_ASCII);
            assertEquals(gson.fromJson(theirs, JsonObject.class), gson.fromJson(ours, JsonObject.class), ours);
            assertTrue(isAscii(theirs) ? ours.equals(theirs) : isAscii(ours), ours);
            String spaced =
                    random.nextBoolean() ? ours : ours.replace(":", " :\t").replace(",", " ,\r\n ");
            byte[] bytes = spaced.getBytes(StandardCharsets.US_ASCII);
            Optional<JsonObject> read = PlainObject.read(bytes, 100);
            plain += read.isPresent() ? 1 : 0;
            assertEquals(read.or(() -> Json.parse(spaced)), Json.parse(spaced), spaced);
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            String text = new String(damaged, StandardCharsets.ISO_8859_1);
            Optional<JsonObject> damagedRead = PlainObject.read(damaged, 100);
            assertTrue(damagedRead.isEmpty() || damagedRead.equals(Json.parse(text)), text);
        }
        assertTrue(plain > 2_000, "plain ones: " + plain);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static JsonObject anyObject(Random random, int depth) {
        JsonObject object = new JsonObject();
        int fields = random.nextInt(6);
        for (int i = 0; i < fields; i++) {
            object.add(anyText(random), anyValue(random, depth));
        }
        return object;
    }

    private static JsonElement anyValue(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> new JsonPrimitive(random.nextLong());
            case 1 -> new JsonPrimitive(random.nextInt(100));
            case 2 -> new JsonPrimitive(random.nextBoolean());
            case 3 -> JsonNull.INSTANCE;
            case 4 -> new JsonPrimitive(random.nextDouble());
            case 5, 6 -> new JsonPrimitive(anyText(random));
            case 7 -> anyObject(random, depth - 1);
            default -> {
                JsonArray array = new JsonArray();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(anyValue(random, depth - 1));
                }
                yield array;
            }
        };
    }

    private static String anyText(Random random) {
        String characters = random.nextInt(4) > 0 ? "abcXYZ019 -_/." : "ab\"\\\n\t\r\b\f\u0000\u001f\u007fé中\u2028";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }
}
