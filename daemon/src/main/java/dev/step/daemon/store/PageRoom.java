package dev.step.daemon.store;

import dev.step.protocol.Limits;
import dev.step.protocol.message.ListQuery;

/** How much of a page of a listing is left: so many entries as were asked for, and no more bytes than peers accept. */
public final class PageRoom {
    /** What a file's entry takes in JSON beside its key when details are wanted: numbers, names, two digests. */
    private static final int DETAIL_BYTES = 200;

    private final ListQuery query;
    private int entries;
    private int bytes;

    /** All of the page that this query asks for. */
    public PageRoom(ListQuery query) {
        this.query = query;
    }

    /** Takes room for this key or folder; false if there is not enough, which there always is for the first one. */
    public boolean take(String name) {
        if (entries > 0 && (entries >= query.limit() || bytes + cost(name) > Limits.MAX_LIST_BYTES)) {
            return false;
        }
        entries++;
        bytes += cost(name);
        return true;
    }

    /** Counted as the answer is written, or keys of many escapes would make it longer than peers accept. */
    private int cost(String name) {
        int text = 3; // quotes and comma
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            text += c >= 0x7F ? 6 : c == '"' || c == '\\' ? 2 : 1;
        }
        return query.detail() ? 2 * text + DETAIL_BYTES : text;
    }
}
