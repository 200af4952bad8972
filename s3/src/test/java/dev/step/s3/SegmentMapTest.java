package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.BlockPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SegmentMapTest {
    private static SegmentName segment(long stamp, List<Integer> blocks) {
        return new SegmentName("w", stamp, SegmentName.ranges(new TreeSet<>(blocks)));
    }

    @Test
    void nameSaysWhichBlocksAreInTheSegment() {
        SegmentName name = segment(1, List.of(0, 1, 2, 10, 40, 41));
        assertEquals("w/000000001-0.3_a_14.2", name.toString());
        assertEquals(name, SegmentName.parse(name.toString()));
    }

    @Test
    void mapIsCompleteOnlyWithEveryBlock() {
        BlockPlan plan = new BlockPlan(25, 10);
        assertFalse(new SegmentMap(plan, List.of(segment(1, List.of(0, 2)))).isComplete());
        assertTrue(new SegmentMap(plan, List.of(segment(1, List.of(0, 2)), segment(2, List.of(1)))).isComplete());
    }

    /** Against the plainest model: an array that says for each block which segment has it, and where. */
    @Test
    void everyByteIsWhereTheLastSegmentThatHasItsBlockHasIt() {
        long seed = Long.getLong("step.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            BlockPlan plan = new BlockPlan(1 + random.nextInt(300), 1 + random.nextInt(9));
            List<SegmentName> segments = new ArrayList<>();
            String[] expected = new String[plan.totalBlocks()];
            for (int stamp = 1; stamp < 12 || hasGaps(expected); stamp++) {
                TreeSet<Integer> blocks = new TreeSet<>();
                for (int i = 0; i <= random.nextInt(30); i++) {
                    blocks.add(random.nextInt(plan.totalBlocks()));
                }
                int first = random.nextInt(plan.totalBlocks());
                for (int i = first; i < Math.min(plan.totalBlocks(), first + random.nextInt(20)); i++) {
                    blocks.add(i);
                }
                SegmentName segment = segment(stamp, List.copyOf(blocks));
                segments.add(segment);
                long offset = 0;
                for (int block : blocks) {
                    expected[block] = segment + "@" + offset;
                    offset += plan.length(block);
                }
            }
            SegmentMap map = new SegmentMap(plan, segments);
            assertTrue(map.isComplete());
            for (int block = 0; block < plan.totalBlocks(); block++) {
                SegmentMap.Piece piece = map.at(plan.offset(block));
                assertEquals(expected[block], piece.segment() + "@" + piece.offset());
                assertTrue(piece.length() >= plan.length(block));
            }
        }
    }

    private static boolean hasGaps(String[] blocks) {
        for (String block : blocks) {
            if (block == null) {
                return true;
            }
        }
        return false;
    }
}
