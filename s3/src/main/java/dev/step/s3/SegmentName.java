package dev.step.s3;

import dev.step.daemon.journal.UploadId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The name of a segment, which says all that is to be known of it: {@code WRITER/STAMP-BLOCKS}, where the blocks lie one
 * behind the other in ascending order: {@code 0.8_a} is 0 to 7, and 10. Numbers are to the base of 36, and the stamp has nine
 * digits, so that the names of one writer are in the order in which they were written.
 *
 * @param writer the server process that wrote it
 * @param stamp milliseconds since 1970, by that server's clock; of one writer, no two are the same
 * @param ranges which blocks
 */
record SegmentName(String writer, long stamp, List<Range> ranges) {
    /** The longest list of blocks, in characters. */
    static final int MOST_BLOCKS_CHARS = 400;

    private static final int BASE = Character.MAX_RADIX;
    private static final int STAMP_DIGITS = 9; // until the year 5188

    /** In which segments count: of a block that is in several, the last one is it. */
    static final Comparator<SegmentName> BY_TIME =
            Comparator.comparingLong(SegmentName::stamp).thenComparing(SegmentName::writer);

    /** Blocks that follow one another. */
    record Range(int first, int count) {
        int end() {
            return first + count;
        }

        private String text() {
            return Integer.toString(first, BASE) + (count == 1 ? "" : "." + Integer.toString(count, BASE));
        }

        private static Range parse(String text) {
            int dot = text.indexOf('.');
            return dot < 0
                    ? new Range(Integer.parseInt(text, BASE), 1)
                    : new Range(
                            Integer.parseInt(text, 0, dot, BASE), Integer.parseInt(text, dot + 1, text.length(), BASE));
        }
    }

    /** The ranges that these blocks, in ascending order, make. */
    static List<Range> ranges(Collection<Integer> blocks) {
        List<Range> ranges = new ArrayList<>();
        for (int block : blocks) {
            int last = ranges.size() - 1;
            if (last >= 0 && ranges.get(last).end() == block) {
                ranges.set(
                        last,
                        new Range(ranges.get(last).first(), ranges.get(last).count() + 1));
            } else {
                ranges.add(new Range(block, 1));
            }
        }
        return ranges;
    }

    /** The list of blocks in the name. */
    static String blocks(List<Range> ranges) {
        return String.join("_", ranges.stream().map(Range::text).toList());
    }

    /** The name of the object. */
    String in(UploadId upload) {
        return ObjectNames.content(upload) + this;
    }

    @Override
    public String toString() {
        String digits = Long.toString(stamp, BASE);
        return writer + "/" + "0".repeat(STAMP_DIGITS - digits.length()) + digits + "-" + blocks(ranges);
    }

    /** Reads a name; an IllegalArgumentException if it is none. */
    static SegmentName parse(String text) {
        int slash = text.indexOf('/');
        int dash = text.indexOf('-', slash);
        if (slash < 1 || dash < 0) {
            throw new IllegalArgumentException("not a segment: " + text);
        }
        List<Range> ranges = new ArrayList<>();
        for (String range : text.substring(dash + 1).split("_", -1)) {
            ranges.add(Range.parse(range));
        }
        return new SegmentName(
                text.substring(0, slash), Long.parseLong(text, slash + 1, dash, BASE), List.copyOf(ranges));
    }
}
