package dev.step.s3;

import dev.step.daemon.store.PageRoom;
import dev.step.protocol.Key;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects one page of the keys that have an object below a folder of the bucket. The bucket has them in the right order but
 * for those whose names are cut off: of these, all that are cut off at the same text are put in order together.
 */
final class KeyListing {
    /** What the bucket can gather in folders itself. Other delimiters could be in escapes. */
    private static final String SLASH = "/";

    private final ObjectStorage storage;
    private final String folder;
    private final ListQuery query;
    private final LongKeys longKeys;
    private final PageRoom room;

    private final List<Named> found = new ArrayList<>();
    private final List<String> folders = new ArrayList<>();
    /** Objects whose names are cut off at the same text, and whose turn has not come. */
    private final List<Named> cut = new ArrayList<>();

    private String cutAt = "";
    private String last = "";
    private boolean full;

    private KeyListing(ObjectStorage storage, String folder, ListQuery query, LongKeys longKeys) {
        this.storage = storage;
        this.folder = folder;
        this.query = query;
        this.longKeys = longKeys;
        this.room = new PageRoom(query);
    }

    /** Knows the keys that names do not say. */
    interface LongKeys {
        /** The key of this object; empty when it was deleted meanwhile. */
        Optional<Key> of(ObjectStorage.Entry entry) throws IOException;
    }

    /** An object, and what it is there for. */
    record Named(Key key, ObjectStorage.Entry entry) {}

    /**
     * A page.
     *
     * @param after where the next one starts; empty when this is the last one
     */
    record Page(List<Named> found, List<String> folders, Optional<String> after) {}

    /** @param folder what the names of all objects start with */
    static Page page(ObjectStorage storage, String folder, ListQuery query, LongKeys longKeys) throws IOException {
        KeyListing listing = new KeyListing(storage, folder, query, longKeys);
        listing.collect();
        return new Page(listing.found, listing.folders, listing.full ? Optional.of(listing.last) : Optional.empty());
    }

    private void collect() throws IOException {
        ObjectStorage.Range range = new ObjectStorage.Range(
                folder + KeyName.ofPrefix(query.prefix()), start(), delimiter().equals(SLASH) ? SLASH : "");
        Optional<String> next = Optional.of(range.after());
        while (next.isPresent() && !full) {
            ObjectStorage.Page page = storage.list(range.startingAfter(next.get()));
            for (Item item : inOrder(page)) {
                visit(item);
            }
            next = page.beyondLast();
        }
        visitCut();
    }

    private String delimiter() {
        return query.delimiter().orElse("");
    }

    private String start() {
        if (query.after().isEmpty()) {
            return "";
        }
        String after = query.after().get();
        String name = folder + KeyName.ofPrefix(after);
        boolean isFolder = delimiter().equals(SLASH)
                && after.endsWith(SLASH)
                && after.length() > query.prefix().length();
        return isFolder && !KeyName.isCut(KeyName.escape(after)) ? name + ObjectStorage.BEYOND_ALL : name;
    }

    /** An object, or a folder that the bucket has gathered. */
    private record Item(String name, ObjectStorage.@Nullable Entry entry) {}

    private static List<Item> inOrder(ObjectStorage.Page page) {
        List<Item> items = new ArrayList<>();
        page.entries().stream()
                .filter(entry -> !Reservation.isOne(entry))
                .forEach(entry -> items.add(new Item(entry.name(), entry)));
        page.folders().forEach(name -> items.add(new Item(name, null)));
        items.sort(Comparator.comparing(Item::name));
        return items;
    }

    private void visit(Item item) throws IOException {
        String name = item.name().substring(folder.length());
        ObjectStorage.Entry entry = item.entry();
        if (entry != null && KeyName.isCut(name)) {
            addCut(name.substring(0, KeyName.MOST_CHARS), entry);
            return;
        }
        visitCut();
        if (entry == null) {
            KeyName.text(name).ifPresent(text -> take(text, null));
        } else {
            KeyName.key(name).ifPresent(key -> visit(new Named(key, entry)));
        }
    }

    private void addCut(String at, ObjectStorage.Entry entry) throws IOException {
        if (!at.equals(cutAt)) {
            visitCut();
            cutAt = at;
        }
        longKeys.of(entry).ifPresent(key -> cut.add(new Named(key, entry)));
    }

    private void visitCut() {
        cut.sort(Comparator.comparing(Named::key));
        cut.forEach(this::visit);
        cut.clear();
    }

    private void visit(Named named) {
        String key = named.key().text();
        if (!key.startsWith(query.prefix())) {
            return;
        }
        int at = delimiter().isEmpty()
                ? -1
                : key.indexOf(delimiter(), query.prefix().length());
        if (at < 0) {
            take(key, named);
        } else {
            take(key.substring(0, at + delimiter().length()), null);
        }
    }

    /** @param named null for a folder */
    private void take(String text, @Nullable Named named) {
        boolean isRepeatedFolder = named == null && text.equals(last);
        boolean isOnThePageBefore =
                query.after().filter(after -> Key.compareUtf8(text, after) <= 0).isPresent();
        if (full || isRepeatedFolder || isOnThePageBefore) {
            return;
        }
        if (!room.take(text)) {
            full = true;
            return;
        }
        last = text;
        if (named == null) {
            folders.add(text);
        } else {
            found.add(named);
        }
    }
}
