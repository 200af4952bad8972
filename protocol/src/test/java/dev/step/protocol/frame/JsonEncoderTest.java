package dev.step.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.step.protocol.Limits;
import dev.step.protocol.Seeded;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEncoderTest {
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
        assertEquals(object, JsonTest.text(Json.parse(object).orElseThrow()));
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
            assertEquals(object, JsonTest.text(Json.parse(object).orElseThrow()));
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
        assertEquals(
                "{\"\\u00e9\":\"\\u4e2d\\ud83d\\ude00\\u2028<>&='\\\"\\\\\\n\\u0000/\",\"n\":null}",
                JsonTest.text(object));
    }
}
