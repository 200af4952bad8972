package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which keys to list, in the order of their UTF-8 bytes: extension {@code list}.
 *
 * @param prefix only keys that start with this; may be empty
 * @param delimiter keys that have this after the prefix are listed as one folder, up to and with the delimiter
 * @param after only keys, or folders, beyond this one; what the page before ended with
 * @param limit at most so many entries, 1 to {@link Limits#MAX_LIST_KEYS}
 * @param detail whether sizes, times and digests are wanted
 */
public record ListQuery(String prefix, Optional<String> delimiter, Optional<String> after, int limit, boolean detail) {
    /** Every key, names only. */
    public static final ListQuery ALL =
            new ListQuery("", Optional.empty(), Optional.empty(), Limits.MAX_LIST_KEYS, false);

    /** The same query for the page that starts beyond this key or folder. */
    public ListQuery startingAfter(String last) {
        return new ListQuery(prefix, delimiter, Optional.of(last), limit, detail);
    }

    /** The same query for names only, none of them gathered in a folder. */
    ListQuery keysOnly() {
        return new ListQuery(prefix, Optional.empty(), after, limit, false);
    }

    static ListQuery read(Fields fields) throws RefusedException {
        OptionalInt limit = fields.optionalSmallNumber(Field.LIMIT);
        if (limit.isPresent() && limit.getAsInt() < 1) {
            throw new RefusedException(Status.BAD_FIELD, "Field \"limit\" has to be 1 or more.");
        }
        return new ListQuery(
                fields.optionalText(Field.PREFIX).orElse(""),
                fields.optionalText(Field.DELIMITER).filter(delimiter -> !delimiter.isEmpty()),
                fields.optionalText(Field.AFTER),
                Math.min(limit.orElse(Limits.MAX_LIST_KEYS), Limits.MAX_LIST_KEYS),
                fields.flag(Field.DETAIL));
    }

    void writeTo(JsonObject fields) {
        fields.addProperty(Field.PREFIX, prefix);
        delimiter.ifPresent(text -> fields.addProperty(Field.DELIMITER, text));
        after.ifPresent(text -> fields.addProperty(Field.AFTER, text));
        fields.addProperty(Field.LIMIT, limit);
        fields.addProperty(Field.DETAIL, detail);
    }
}
