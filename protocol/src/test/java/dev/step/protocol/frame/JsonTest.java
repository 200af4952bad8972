package dev.step.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.protocol.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an object of strict JSON, and what it means. */
class JsonTest {
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

    static String text(JsonObject object) {
        return new String(Json.encode(object), StandardCharsets.US_ASCII);
    }
}
