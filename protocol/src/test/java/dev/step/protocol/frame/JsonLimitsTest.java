package dev.step.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.protocol.Limits;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How large and how deep an object may be, and what is larger does no harm. */
class JsonLimitsTest {
    private static final int HANGS_AFTER_SECONDS = 120;

    @Test
    void numberOfUpTo1023CharactersIsAccepted() {
        assertTrue(Json.parse("{\"a\":" + "9".repeat(1_023) + "}").isPresent());
        assertTrue(Json.parse("{\"a\":" + "9".repeat(1_024) + "}").isEmpty());
    }

    @Test
    void nestingIsAcceptedUpToTheLimit() {
        assertTrue(Json.parse(nested(Limits.MAX_JSON_DEPTH)).isPresent());
        assertTrue(Json.parse(nested(Limits.MAX_JSON_DEPTH + 1)).isEmpty());
        String objects = "{\"a\":".repeat(Limits.MAX_JSON_DEPTH) + "1" + "}".repeat(Limits.MAX_JSON_DEPTH);
        assertEquals(objects, JsonTest.text(Json.parse(objects).orElseThrow()));
        assertTrue(Json.parse("{\"a\":" + objects + "}").isEmpty());
    }

    private static String nested(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    /** What grows with the square of the text would hang here. */
    @Test
    @Timeout(HANGS_AFTER_SECONDS)
    void hostileTextOfTheLargestSizeDoesNotHang() {
        String names = "\"a\":1,".repeat(Limits.MAX_JSON_BYTES / 6);
        String[] hostile = {
            "[".repeat(Limits.MAX_JSON_BYTES),
            "{\"a\":" + "[".repeat(Limits.MAX_JSON_BYTES),
            "{\"a\":".repeat(Limits.MAX_JSON_BYTES / 5),
            nested(Limits.MAX_JSON_BYTES / 2),
            "{\"a\":" + "1".repeat(Limits.MAX_JSON_BYTES) + "}",
            "{\"a\":-0." + "0".repeat(Limits.MAX_JSON_BYTES) + "1}",
            "{\"a\":1e" + "9".repeat(Limits.MAX_JSON_BYTES) + "}",
            "{" + names + "\"a\":2}",
            "{" + names,
            "{\"a\":\"" + "\\\"".repeat(Limits.MAX_JSON_BYTES / 2) + "\"}",
            "{\"a\":\"" + "\\ud83d\\ude00".repeat(Limits.MAX_JSON_BYTES / 12) + "\"}",
            "{\"a\":\"" + "中".repeat(Limits.MAX_JSON_BYTES / 3) + "\"}",
            "{" + " \n".repeat(Limits.MAX_JSON_BYTES / 2) + "}",
            "{\"a\":[" + "1,".repeat(Limits.MAX_JSON_BYTES / 2) + "1]}",
            "{\"a\":[" + "{},".repeat(Limits.MAX_JSON_BYTES / 3) + "1]}",
        };
        for (String text : hostile) {
            Optional<JsonObject> object = Json.parse(text);
            object.ifPresent(found -> assertTrue(Json.encode(found).length > 0));
            assertFalse(object.isPresent() && Json.isCutShort(text), () -> text.substring(0, 12));
        }
        String fewer = "{" + "\"a\":1,".repeat(10_000) + "\"a\":2}";
        assertEquals("{\"a\":2}", JsonTest.text(Json.parse(fewer).orElseThrow()));
    }

    @Test
    void valuesAreCountedWhateverTheirKind() {
        int room = Limits.MAX_JSON_VALUES - 3; // less the object, the name and the array
        for (String value : new String[] {"1", "\"\"", "true", "null", "[]", "{}"}) {
            String values = (value + ",").repeat(room - 1) + value;
            assertTrue(Json.parse("{\"a\":[" + values + "]}").isPresent(), value);
            assertTrue(Json.parse("{\"a\":[" + value + "," + values + "]}").isEmpty(), value);
        }
    }

    @Test
    @Timeout(HANGS_AFTER_SECONDS)
    void manyNamesDoNotHang() {
        StringBuilder names = new StringBuilder("{");
        String shared = "x".repeat(200);
        for (int i = 0; i < 5_000; i++) {
            names.append('"').append(shared).append(i).append("\":0,");
        }
        String text = names.append("\"a\":2}").toString();
        assertEquals(5_001, Json.parse(text).orElseThrow().size());
    }
}
