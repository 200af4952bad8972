package dev.step.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.Refused;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Seeded;
import dev.step.protocol.Status;
import dev.step.protocol.frame.Json;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

    @Test
    void everyNumberThatFitsALongIsThatNumber() throws RefusedException {
        long[] edges = {
            0,
            1,
            -1,
            20_480,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            1L << 53,
            999_999_999_999_999_999L,
            1_000_000_000_000_000_000L,
            1_234_567_890_123_456_789L,
            -123_456_789_012_345_678L,
            -1_234_567_890_123_456_789L,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE,
            Long.MIN_VALUE + 1,
            Long.MIN_VALUE
        };
        for (long number : edges) {
            assertEquals(number, value(Long.toString(number)).number("v"));
        }
        assertEquals(0, value("-0").number("v"));
    }

    @Test
    void numberThatFitsNoLongIsTheNearestLong() throws RefusedException {
        for (String number :
                new String[] {"9223372036854775808", "18446744073709551616", power(70), "9".repeat(1_000)}) {
            assertEquals(Long.MAX_VALUE, value(number).number("v"), number);
            assertEquals(Long.MIN_VALUE, value("-" + number + "0").number("v"), number);
        }
        assertEquals(Long.MIN_VALUE, value("-9223372036854775809").number("v"));
    }

    @Test
    void randomNumbersAreThemselvesOrTheNearestLong() throws RefusedException {
        Random random = Seeded.random();
        for (int round = 0; round < 20_000; round++) {
            BigInteger number = new BigInteger(random.nextInt(80), random);
            number = random.nextBoolean() ? number : number.negate();
            assertEquals(
                    number.max(LEAST).min(GREATEST).longValueExact(),
                    value(number.toString()).number("v"));
        }
    }

    @Test
    void numberThatFitsNoIntIsTheNearestInt() throws RefusedException {
        assertEquals(Integer.MAX_VALUE, value("2147483647").smallNumber("v"));
        assertEquals(Integer.MAX_VALUE, value("2147483648").smallNumber("v"));
        assertEquals(Integer.MAX_VALUE, value("4294967296").smallNumber("v"));
        assertEquals(Integer.MAX_VALUE, value(power(70)).smallNumber("v"));
        assertEquals(Integer.MIN_VALUE, value("-2147483649").smallNumber("v"));
        assertEquals(Integer.MIN_VALUE, value("-" + power(70)).smallNumber("v"));
        assertEquals(OptionalInt.of(Integer.MAX_VALUE), value(power(70)).optionalSmallNumber("v"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "1.0",
                "-0.0",
                "1e3",
                "1E3",
                "1e999999999",
                "-1e-999999999",
                "\"10\"",
                "\"\"",
                "true",
                "false",
                "[]",
                "[1]",
                "{}"
            })
    void fieldThatIsNoWholeNumberIsRefusedWith410(String json) {
        Fields fields = value(json);
        assertBad(() -> fields.number("v"));
        assertBad(() -> fields.smallNumber("v"));
        assertBad(() -> fields.optionalNumber("v"));
        assertBad(() -> fields.optionalSmallNumber("v"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "1.5", "true", "[]", "[\"a\"]", "{}"})
    void fieldThatIsNoStringIsRefusedWith410(String json) {
        Fields fields = value(json);
        assertBad(() -> fields.text("v"));
        assertBad(() -> fields.optionalText("v"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "0", "\"true\"", "\"\"", "[]", "[true]", "{}"})
    void fieldThatIsNotTrueOrFalseIsRefusedWith410(String json) {
        assertBad(() -> value(json).flag("v"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "true", "\"a\"", "{}", "[7]", "[\"a\",null]", "[[\"a\"]]", "[\"a\",{}]", "[true]"})
    void fieldThatIsNoListOfStringsIsRefusedWith410(String json) {
        assertBad(() -> value(json).optionalTexts("v"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "true", "\"a\"", "{}", "[7]", "[{},null]", "[[]]", "[{},\"a\"]"})
    void fieldThatIsNoListOfObjectsIsRefusedWith410(String json) {
        assertBad(() -> value(json).optionalObjects("v"));
    }

    @Test
    void neededFieldThatIsNullOrMissingIsRefusedWith410() {
        for (Fields fields : List.of(value("null"), new Fields(Json.parse("{}").orElseThrow()))) {
            assertBad(() -> fields.text("v"));
            assertBad(() -> fields.number("v"));
            assertBad(() -> fields.smallNumber("v"));
        }
    }

    @Test
    void optionalFieldThatIsNullOrMissingIsEmpty() throws RefusedException {
        for (Fields fields : List.of(value("null"), new Fields(Json.parse("{}").orElseThrow()))) {
            assertEquals(Optional.empty(), fields.optionalText("v"));
            assertEquals(OptionalLong.empty(), fields.optionalNumber("v"));
            assertEquals(OptionalInt.empty(), fields.optionalSmallNumber("v"));
            assertEquals(Optional.empty(), fields.optionalTexts("v"));
            assertEquals(Optional.empty(), fields.optionalObjects("v"));
            assertFalse(fields.flag("v"));
        }
        assertTrue(value("null").has("v"));
        assertFalse(value("null").has("w"));
    }

    @Test
    void valuesAreReadAsTheyAre() throws RefusedException {
        assertEquals("10", value("\"10\"").text("v"));
        assertEquals("", value("\"\"").text("v"));
        assertTrue(value("true").flag("v"));
        assertFalse(value("false").flag("v"));
        assertEquals(Optional.of(List.of("a", "")), value("[\"a\",\"\"]").optionalTexts("v"));
        assertEquals(Optional.of(List.of()), value("[]").optionalTexts("v"));
        assertEquals(
                7,
                value("[{},{\"n\":7}]")
                        .optionalObjects("v")
                        .orElseThrow()
                        .get(1)
                        .number("n"));
    }

    @Test
    void amountIsNeverNegative() throws RefusedException {
        assertEquals(0, value("0").amount("v"));
        assertEquals(Long.MAX_VALUE, value(power(70)).amount("v"));
        assertEquals(OptionalLong.of(7), value("7").optionalAmount("v"));
        assertEquals(OptionalLong.empty(), value("null").optionalAmount("v"));
        assertBad(() -> value("null").amount("v"));
        for (String negative : List.of("-1", "-" + power(70))) {
            assertBad(() -> value(negative).amount("v"));
            assertBad(() -> value(negative).optionalAmount("v"));
        }
    }

    @Test
    void sizeIsFromZeroToTheMostThatIsAllowed() throws RefusedException {
        assertEquals(0, size("0").size(7));
        assertEquals(7, size("7").size(7));
        for (String bad : List.of("8", "-1", "4294967296", power(70), "null", "1.5", "\"7\"")) {
            assertBad(() -> size(bad).size(7));
        }
    }

    private static Fields size(String json) {
        return new Fields(Json.parse("{\"size\":" + json + "}").orElseThrow());
    }

    @Test
    void emptyKeyIsRefusedWhereItIsNeededAndNoneWhereItIsNot() throws RefusedException {
        Fields empty = new Fields(Json.parse("{\"key\":\"\"}").orElseThrow());
        assertBad(empty::key);
        assertEquals(Optional.empty(), empty.optionalKey());
        Fields given = new Fields(Json.parse("{\"key\":\"a/b\"}").orElseThrow());
        assertEquals(new Key("a/b"), given.key());
        assertEquals(Optional.of(new Key("a/b")), given.optionalKey());
        Fields bad = new Fields(Json.parse("{\"key\":\"../a\"}").orElseThrow());
        assertBad(bad::key);
        assertBad(bad::optionalKey);
    }

    @Test
    void digestIsReadInEitherCase() throws RefusedException {
        Fields fields = new Fields(Json.parse("{\"md5\":\"D41D8CD98F00B204E9800998ECF8427E\",\"sha256\":\"x\"}")
                .orElseThrow());
        assertEquals(
                "d41d8cd98f00b204e9800998ecf8427e",
                fields.optionalDigest("md5", DigestAlgorithm.MD5).orElseThrow().hex());
        assertBad(() -> fields.optionalDigest("sha256", DigestAlgorithm.SHA_256));
    }

    private static void assertBad(Executable reading) {
        Refused.with(Status.BAD_FIELD, reading);
    }

    private static String power(int exponent) {
        return BigInteger.TWO.pow(exponent).toString();
    }

    private static Fields value(String json) {
        return new Fields(Json.parse("{\"v\":" + json + "}").orElseThrow());
    }
}
