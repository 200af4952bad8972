package dev.step.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.BlockRanges.Range;
import dev.step.protocol.Limits;
import dev.step.protocol.Refused;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Seeded;
import dev.step.protocol.Status;
import dev.step.protocol.frame.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingRangesTest {
    private static final BlockPlan TEN_BLOCKS = new BlockPlan(100, 10);
    private static final BlockPlan LARGEST = new BlockPlan(Limits.MAX_BLOCKS, 1);

    @Test
    void rangesArePairsOfTheirFirstAndLastBlock() throws RefusedException {
        BlockRanges ranges = new BlockRanges(List.of(new Range(0, 0), new Range(2, 9)), false);
        assertEquals("{\"missing_ranges\":[[0,0],[2,9]]}", written(ranges).toString());
        assertEquals(Optional.of(ranges), read("[[0,0],[2,9]]", TEN_BLOCKS));
    }

    @Test
    void thatThereAreMoreIsSaidOnlyThen() throws RefusedException {
        BlockRanges ranges = new BlockRanges(List.of(new Range(0, 0)), true);
        JsonObject fields = written(ranges);
        assertTrue(fields.get("more").getAsBoolean());
        assertEquals(Optional.of(ranges), MissingRanges.read(new Fields(fields), TEN_BLOCKS));
        assertFalse(written(BlockRanges.NONE).has("more"));
    }

    @Test
    void randomRangesComeBack() throws RefusedException {
        Random random = Seeded.random();
        for (int round = 0; round < 200; round++) {
            BlockRanges ranges = randomRanges(random);
            assertEquals(Optional.of(ranges), MissingRanges.read(new Fields(written(ranges)), LARGEST));
        }
    }

    private static BlockRanges randomRanges(Random random) {
        List<Range> ranges = new ArrayList<>();
        int next = 0;
        for (int count = random.nextInt(Limits.MAX_RANGES + 1); count > 0; count--) {
            int first = next + random.nextInt(8_000);
            int last = first + random.nextInt(8_000);
            ranges.add(new Range(first, last));
            next = last + 1;
        }
        return new BlockRanges(ranges, random.nextBoolean());
    }

    @Test
    void noRangesIsNotTheSameAsNothingSaid() throws RefusedException {
        assertEquals(Optional.of(BlockRanges.NONE), read("[]", TEN_BLOCKS));
        assertEquals(Optional.empty(), read("null", TEN_BLOCKS));
        assertEquals(Optional.empty(), MissingRanges.read(new Fields(new JsonObject()), TEN_BLOCKS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "true",
                "\"\"",
                "{}",
                "[7]",
                "[null]",
                "[{}]",
                "[[]]",
                "[[0]]",
                "[[0,1,2]]",
                "[[0,null]]",
                "[[\"0\",1]]",
                "[[0,1.0]]",
                "[[0,1e0]]",
                "[[-1,1]]",
                "[[-0,1]]",
                "[[1,0]]",
                "[[0,10]]",
                "[[10,10]]",
                "[[0,4294967297]]",
                "[[0,99999999]]",
                "[[0,18446744073709551617]]",
                "[[0,1],[1,2]]",
                "[[3,4],[0,1]]",
                "[[3,3],[3,3]]",
                "[[0,1],7]"
            })
    void whatIsNoRangesOfThePlanIsRefused(String ranges) {
        Refused.with(Status.BAD_FIELD, () -> read(ranges, TEN_BLOCKS));
    }

    @Test
    void emptyFileMissesNothing() throws RefusedException {
        BlockPlan empty = new BlockPlan(0, 10);
        assertEquals(Optional.of(BlockRanges.NONE), read("[]", empty));
        Refused.with(Status.BAD_FIELD, () -> read("[[0,0]]", empty));
    }

    @Test
    void lastBlockOfTheLargestPlanMayBeMissing() throws RefusedException {
        assertEquals(
                Limits.MAX_BLOCKS, read("[[0,16777215]]", LARGEST).orElseThrow().count());
        Refused.with(Status.BAD_FIELD, () -> read("[[0,16777216]]", LARGEST));
    }

    @Test
    void moreRangesThanAnAnswerCarriesAreRefused() throws RefusedException {
        assertEquals(
                Limits.MAX_RANGES,
                read(ranges(Limits.MAX_RANGES), LARGEST).orElseThrow().count());
        Refused.with(Status.BAD_FIELD, () -> read(ranges(Limits.MAX_RANGES + 1), LARGEST));
    }

    private static String ranges(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "[" + 2 * i + "," + 2 * i + "]")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static JsonObject written(BlockRanges ranges) {
        JsonObject fields = new JsonObject();
        MissingRanges.write(fields, ranges);
        return fields;
    }

    private static Optional<BlockRanges> read(String ranges, BlockPlan plan) throws RefusedException {
        return MissingRanges.read(
                new Fields(Json.parse("{\"missing_ranges\":" + ranges + "}").orElseThrow()), plan);
    }
}
