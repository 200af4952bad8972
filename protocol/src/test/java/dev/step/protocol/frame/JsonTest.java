package dev.step.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.step.protocol.Limits;
import dev.step.protocol.Seeded;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final int HANGS_AFTER_SECONDS = 120;

    /** Every kind of token, as Python's {@code json.dumps} spaces them. */
    private static final String EVERYTHING =
            "{\"text\": \"a\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\\/\", \"中é😀\": \"\\ud83d\\ude00\\u4e2d\", "
                    + "\"list\": [0, -1, 1.5, -0.25e-7, 1E+22, [], {}], \"yes\": true, \"no\": false, \"none\": null, "
                    + "\"\": {\"\": \"\"}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a:1}",
                "{'a':1}",
                "{\"a\":'x'}",
                "{\"a\":x}",
                "{\"a\"=1}",
                "{\"a\"=>1}",
                "{\"a\":1;\"b\":2}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1,,\"b\":2}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[,]}",
                "{\"a\":[1 2]}",
                "{\"a\":[1;2]}",
                "{\"a\"}",
                "{\"a\":}",
                "{:1}",
                "{1:1}",
                "{null:1}",
                "{/**/}",
                "{}//",
                "#\n{}",
                ")]}'\n{}",
                "{} {}",
                "{}}",
                "{}\u0000",
                "{}x",
                "{\f}",
                "{\u000b}",
                "{\u00a0}",
                "{\u2003}",
                "[]",
                "[{}]",
                "1",
                "\"a\"",
                "null",
                "true",
                "",
                " ",
                "{",
                "{\"a\":[}",
                "{\"a\":[1}",
                "{]"
            })
    void lenientFormIsNoObject(String text) {
        assertEquals(Optional.empty(), Json.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "-NaN",
                "Infinity",
                "-Infinity",
                "+1",
                "01",
                "-01",
                "00",
                "1.",
                ".5",
                "-.5",
                "-",
                "--1",
                "1e",
                "1e+",
                "1.e3",
                "0x10",
                "1_0",
                "1f",
                "1L",
                "１",
                "True",
                "TRUE",
                "Null",
                "nul",
                "truee",
                "undefined",
                "\"\t\"",
                "\"\n\"",
                "\"\u0000\"",
                "\"\u001f\"",
                "\"\\'\"",
                "\"\\\n\"",
                "\"\\x41\"",
                "\"\\0\"",
                "\"\\u12g4\"",
                "\"\\u12\"",
                "\"\\u 123\"",
                "\"\\u+123\"",
                "\"\\U00000041\""
            })
    void wordThatIsNoJsonIsNoValue(String value) {
        assertEquals(Optional.empty(), Json.parse("{\"a\":" + value + "}"));
        assertEquals(Optional.empty(), Json.parse("{\"a\":[" + value + "]}"));
    }

    /** Python writes them, JSON's rule for numbers and UTF-8 have no place for them. */
    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\ude00\\ud83d", "\\ud83dx", "\ud800", "x\udc00y", "\\ud83d\\u0041"})
    void halfASurrogatePairIsRefused(String inside) {
        assertEquals(Optional.empty(), Json.parse("{\"a\":\"" + inside + "\"}"));
        assertEquals(Optional.empty(), Json.parse("{\"" + inside + "\":1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {} ",
                "\t\r\n{ }\r\n",
                "{\"a\":1}",
                "{ \"a\" : [ 1 , 2 ] }",
                "{\"a\":\"\u007f\u0085\u2028\u2029\"}",
                "{\"a\":\"\uffff\ufeff\ufffd\ue000\"}",
                "{\"a\":\"\\/\"}",
                "{\"\":\"\"}",
                "{\"a\":\"\\u0000\"}",
                EVERYTHING
            })
    void strictJsonIsAccepted(String text) {
        assertTrue(Json.parse(text).isPresent());
    }

    @Test
    void everyKindOfTokenIsReadAsWhatItMeans() {
        JsonObject object = Json.parse(EVERYTHING).orElseThrow();
        assertEquals("a\"\\\b\f\n\r\t\u0000\u001f/", object.get("text").getAsString());
        assertEquals("😀中", object.get("中é😀").getAsString());
        assertEquals("[0,-1,1.5,-0.25e-7,1E+22,[],{}]", object.get("list").toString());
        assertTrue(object.get("yes").getAsBoolean());
        assertFalse(object.get("no").getAsBoolean());
        assertTrue(object.get("none").isJsonNull());
        assertEquals("", object.getAsJsonObject("").get("").getAsString());
    }

    @Test
    void lastOfARepeatedNameCounts() {
        JsonObject object = Json.parse("{\"a\":1,\"b\":{\"c\":1,\"c\":2},\"a\":null,\"a\":\"3\"}")
                .orElseThrow();
        assertEquals("{\"a\":\"3\",\"b\":{\"c\":2}}", text(object));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "0.0",
                "1.0",
                "1.10",
                "1e5",
                "1E5",
                "1e+5",
                "1e-5",
                "1e999999999",
                "-1E-999999999",
                "1e99999999999999999999",
                "9223372036854775807",
                "-9223372036854775808",
                "9223372036854775808",
                "18446744073709551616",
                "0.1",
                "3.141592653589793238462643383279",
                "5e-324",
                "1.7976931348623157e+308"
            })
    void numberComesBackDigitForDigit(String number) {
        String object = "{\"a\":" + number + ",\"b\":[" + number + "]}";
        assertEquals(object, text(Json.parse(object).orElseThrow()));
    }

    @Test
    void randomNumbersComeBackDigitForDigit() {
        Random random = Seeded.random();
        for (int round = 0; round < 3_000; round++) {
            double fraction = Double.longBitsToDouble(random.nextLong());
            String number = Double.isFinite(fraction) && random.nextBoolean()
                    ? Double.toString(fraction)
                    : new BigInteger(1 + random.nextInt(3_000), random).negate().toString();
            String object = "{\"a\":" + number + "}";
            assertEquals(object, text(Json.parse(object).orElseThrow()));
        }
    }

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
        assertEquals(objects, text(Json.parse(objects).orElseThrow()));
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
        assertEquals("{\"a\":2}", text(Json.parse(fewer).orElseThrow()));
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

    @Test
    void damagedTextIsRefusedOrComesBackButNeverThrows() {
        Random random = Seeded.random();
        String strange = "{}[]\",:\\u0eE+-.\u0000\ud83d\ude00 tnf\ufeff/*#'";
        int accepted = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(EVERYTHING);
            for (int damage = 1 + random.nextInt(2); damage > 0; damage--) {
                char c = strange.charAt(random.nextInt(strange.length()));
                int position = random.nextInt(text.length());
                text.replace(position, position + random.nextInt(2), random.nextBoolean() ? String.valueOf(c) : "");
            }
            Optional<JsonObject> object = Json.parse(text.toString());
            if (object.isPresent()) {
                accepted++;
                String once = text(object.get());
                assertEquals(once, text(Json.parse(once).orElseThrow()));
            }
        }
        assertTrue(accepted > 0 && accepted < 20_000, accepted + " accepted");
    }

    @Test
    void everyBeginningOfAnObjectIsCutShortAndNothingElseIs() {
        for (int length = 0; length < EVERYTHING.length(); length++) {
            assertTrue(Json.isCutShort(EVERYTHING.substring(0, length)), EVERYTHING.substring(0, length));
        }
        for (String text :
                new String[] {EVERYTHING, "[", "[]x", "{}x", "{\"a\":1}{", "{\"a\":1,}", "{'", "{\"a\":NaN"}) {
            assertFalse(Json.isCutShort(text), text);
        }
    }

    @Test
    void whatIsWrittenIsPureAsciiAndMeansTheSame() {
        Random random = Seeded.random();
        for (int round = 0; round < 2_000; round++) {
            JsonObject object = new JsonObject();
            object.addProperty(text(random), text(random));
            byte[] bytes = Json.encode(object);
            for (byte b : bytes) {
                assertTrue(b >= 0x20, () -> "byte " + b);
            }
            assertEquals(object, Json.parse(bytes, Limits.MAX_JSON_VALUES).orElseThrow());
        }
    }

    private static String text(Random random) {
        int[] kinds = {0x20, 0x80, 0x100, 0x800, 0x10000, 0x110000};
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(40); length > 0; length--) {
            int codePoint = random.nextInt(kinds[random.nextInt(kinds.length)]);
            boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            text.appendCodePoint(half ? 'x' : codePoint);
        }
        return text.toString();
    }

    @Test
    void escapesAreWrittenOneForEachChar() {
        JsonObject object = new JsonObject();
        object.addProperty("é", "中😀\u2028<>&='\"\\\n\u0000/");
        object.add("n", JsonNull.INSTANCE);
        assertEquals("{\"\\u00e9\":\"\\u4e2d\\ud83d\\ude00\\u2028<>&='\\\"\\\\\\n\\u0000/\",\"n\":null}", text(object));
    }

    private static String text(JsonObject object) {
        return new String(Json.encode(object), StandardCharsets.US_ASCII);
    }

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
