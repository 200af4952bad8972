package dev.step.daemon.store.disk;

import dev.step.protocol.Key;
import dev.step.protocol.message.ListQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Keys in the order of listings, and what is known of each. Safe for any number of threads; a listing shows changes made
 * meanwhile or not, but never a key twice.
 *
 * @param <V> what is known of a key
 */
final class KeyIndex<V> {
    private final ConcurrentNavigableMap<String, V> values = new ConcurrentSkipListMap<>();

    Optional<V> get(Key key) {
        return Optional.ofNullable(values.get(Utf8Order.sortable(key.text())));
    }

    void put(Key key, V value) {
        values.put(Utf8Order.sortable(key.text()), value);
    }

    /** Puts a value, and tells which one it takes the place of. */
    Optional<V> replace(Key key, V value) {
        return Optional.ofNullable(values.put(Utf8Order.sortable(key.text()), value));
    }

    /** Removes a key if it has this value. */
    void remove(Key key, V value) {
        values.remove(Utf8Order.sortable(key.text()), value);
    }

    /** Puts many: sorted first, because each that comes next to the one before finds its place at once. */
    void putAll(Map<Key, V> entries) {
        List<Map.Entry<String, V>> sorted = new ArrayList<>(entries.size());
        entries.forEach((key, value) -> sorted.add(Map.entry(Utf8Order.sortable(key.text()), value)));
        sorted.sort(Map.Entry.comparingByKey());
        sorted.forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    }

    /** Removes a key, and tells what was known of it. */
    Optional<V> remove(Key key) {
        return Optional.ofNullable(values.remove(Utf8Order.sortable(key.text())));
    }

    /** In the order of the keys. */
    Collection<V> values() {
        return Collections.unmodifiableCollection(values.values());
    }

    Listing.Page<V> page(ListQuery query) {
        return Listing.page(values, query);
    }
}
