package dev.step.daemon.store.disk;

import dev.step.daemon.store.PageRoom;
import dev.step.protocol.message.ListQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Collects one page of an index. The work is that of the page: a folder's keys are jumped over, however many they are.
 * All texts in here are in their {@link Utf8Order#sortable} form, which changes neither lengths nor prefixes.
 *
 * @param <V> what the index knows of a key
 */
final class Listing<V> {
    private final NavigableMap<String, V> index;
    private final String prefix;
    private final String delimiter;
    private final Optional<String> after;

    private final List<V> values = new ArrayList<>();
    private final List<String> folders = new ArrayList<>();
    private final PageRoom room;
    private String last = "";

    private Listing(NavigableMap<String, V> index, ListQuery query) {
        this.index = index;
        this.room = new PageRoom(query);
        this.prefix = Utf8Order.sortable(query.prefix());
        this.delimiter = Utf8Order.sortable(query.delimiter().orElse(""));
        this.after = query.after().map(Utf8Order::sortable);
    }

    static <V> Page<V> page(NavigableMap<String, V> index, ListQuery query) {
        Listing<V> listing = new Listing<>(index, query);
        boolean more = listing.collect();
        return new Page<>(
                listing.values,
                listing.folders.stream().map(Utf8Order::original).toList(),
                more ? Optional.of(Utf8Order.original(listing.last)) : Optional.empty());
    }

    /** Fills the page; true if there is more. */
    private boolean collect() {
        Iterator<Map.Entry<String, V>> entries = start().entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, V> entry = entries.next();
            if (!entry.getKey().startsWith(prefix)) {
                return false;
            }
            Optional<String> folder = folderOf(entry.getKey());
            String name = folder.orElse(entry.getKey());
            if (isBeyondLastPage(name)) {
                if (!room.take(name)) {
                    return true;
                }
                add(name, entry.getValue(), folder.isPresent());
            }
            if (folder.isPresent()) {
                entries = beyond(folder.get());
            }
        }
        return false;
    }

    private NavigableMap<String, V> start() {
        return after.isPresent() && after.get().compareTo(prefix) >= 0
                ? index.tailMap(after.get(), false)
                : index.tailMap(prefix, true);
    }

    private Optional<String> folderOf(String key) {
        int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        return at < 0 ? Optional.empty() : Optional.of(key.substring(0, at + delimiter.length()));
    }

    /** Keys always are; but the folder that the last page ended with has more keys. */
    private boolean isBeyondLastPage(String name) {
        return after.isEmpty() || name.compareTo(after.get()) > 0;
    }

    private void add(String name, V value, boolean isFolder) {
        if (isFolder) {
            folders.add(name);
        } else {
            values.add(value);
        }
        last = name;
    }

    private Iterator<Map.Entry<String, V>> beyond(String folder) {
        return firstBeyond(folder)
                .map(from -> index.tailMap(from, true).entrySet().iterator())
                .orElseGet(Collections::emptyIterator);
    }

    /** The least text that is greater than all that start with this prefix; empty if there is none. */
    static Optional<String> firstBeyond(String prefix) {
        for (int at = prefix.length() - 1; at >= 0; at--) {
            char c = prefix.charAt(at);
            if (c < Character.MAX_VALUE) {
                return Optional.of(prefix.substring(0, at) + (char) (c + 1));
            }
        }
        return Optional.empty();
    }

    /**
     * A page.
     *
     * @param values of the keys that are not in a folder
     * @param after where the next page starts; empty when this is the last one
     */
    record Page<V>(List<V> values, List<String> folders, Optional<String> after) {}
}
