package dev.step.protocol.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The blocks that a server still needs, as {@code [[first, last], …]}: extensions {@code resume} and {@code status}. */
final class MissingRanges {
    private MissingRanges() {}

    static void write(JsonObject fields, BlockRanges missing) {
        JsonArray array = new JsonArray();
        for (BlockRanges.Range range : missing.ranges()) {
            JsonArray pair = new JsonArray(2);
            pair.add(range.first());
            pair.add(range.last());
            array.add(pair);
        }
        fields.add(Field.MISSING_RANGES, array);
        if (missing.more()) {
            fields.addProperty(Field.MORE, true);
        }
    }

    /** Reads ranges that must lie within the plan, in ascending order: what a server says is not trusted. */
    static Optional<BlockRanges> read(Fields fields, BlockPlan plan) throws RefusedException {
        JsonElement value = fields.object().get(Field.MISSING_RANGES);
        if (value == null || value.isJsonNull()) {
            return Optional.empty();
        }
        if (!(value instanceof JsonArray array) || array.size() > Limits.MAX_RANGES) {
            throw malformed();
        }
        List<BlockRanges.Range> ranges = new ArrayList<>(array.size());
        int next = 0;
        for (JsonElement element : array) {
            if (!(element instanceof JsonArray pair) || pair.size() != 2) {
                throw malformed();
            }
            int first = index(pair.get(0));
            int last = index(pair.get(1));
            if (first < next || last < first || !plan.contains(last)) {
                throw malformed();
            }
            ranges.add(new BlockRanges.Range(first, last));
            next = last + 1;
        }
        return Optional.of(new BlockRanges(ranges, fields.flag(Field.MORE)));
    }

    private static int index(JsonElement element) throws RefusedException {
        if (element instanceof JsonPrimitive value
                && value.isNumber()
                && value.getAsString().matches("\\d{1,8}")) {
            return Integer.parseInt(value.getAsString());
        }
        throw malformed();
    }

    private static RefusedException malformed() {
        return new RefusedException(
                Status.BAD_FIELD, "Field \"missing_ranges\" has to be ranges of the plan's blocks.");
    }
}
