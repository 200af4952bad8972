package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.Seed;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.message.ListQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final List<String> LETTERS =
            List.of("a", "b", "/", "/", "-", "é", "日", "\ud7ff", "\ue000", "\uffff", "😀", "\udbff\udfff");

    @Test
    void foldersAreListedOnceInTheirPlace() {
        KeyIndex<String> index = index(List.of("a", "a/b", "a/c/d", "b/", "b/c", "c"));

        Listing.Page<String> page = index.page(query("", "/", null, 100));

        assertEquals(List.of("a", "c"), page.values());
        assertEquals(List.of("a/", "b/"), page.folders());
        assertEquals(Optional.empty(), page.after());
        page = index.page(query("a/", "/", null, 100));
        assertEquals(List.of("a/b"), page.values());
        assertEquals(List.of("a/c/"), page.folders());
    }

    @Test
    void aPageGoesOnAfterAFolder() {
        KeyIndex<String> index = index(List.of("a/1", "a/2", "b"));

        Listing.Page<String> first = index.page(query("", "/", null, 1));
        assertEquals(List.of("a/"), first.folders());
        assertEquals(Optional.of("a/"), first.after());
        Listing.Page<String> second = index.page(query("", "/", "a/", 1));
        assertEquals(List.of("b"), second.values());
        assertEquals(Optional.empty(), second.after());
    }

    @Test
    void theLastPageSaysSo() {
        KeyIndex<String> index = index(List.of("a/1", "a/2"));

        assertEquals(Optional.empty(), index.page(query("", "/", null, 1)).after());
        assertEquals(Optional.of("a/1"), index.page(query("", null, null, 1)).after());
        assertEquals(Optional.empty(), index.page(query("", null, null, 2)).after());
    }

    @Test
    void anyListingIsWhatAModelSays() {
        Random random = Seed.random();
        for (int round = 0; round < 3_000; round++) {
            List<String> keys = IntStream.range(0, random.nextInt(30))
                    .mapToObj(i -> "k" + text(random))
                    .toList();
            String prefix = random.nextBoolean() ? "" : "k" + text(random);
            String delimiter = random.nextInt(3) == 0 ? null : LETTERS.get(random.nextInt(LETTERS.size()));
            String after = random.nextInt(3) == 0 ? "k" + text(random) : null;
            List<String> expected = model(keys, prefix, delimiter, after);

            List<String> found = everyPage(index(keys), query(prefix, delimiter, after, 1 + random.nextInt(5)));

            assertEquals(expected, found, () -> keys + " prefix " + prefix + " delimiter " + delimiter);
        }
    }

    private static List<String> everyPage(KeyIndex<String> index, ListQuery query) {
        List<String> found = new ArrayList<>();
        Listing.Page<String> page = index.page(query);
        while (true) {
            TreeSet<String> sorted = new TreeSet<>(Key::compareUtf8);
            sorted.addAll(page.values());
            sorted.addAll(page.folders());
            assertEquals(sorted.size(), page.values().size() + page.folders().size());
            assertTrue(sorted.size() <= query.limit());
            found.addAll(sorted);
            if (page.after().isEmpty()) {
                return found;
            }
            assertEquals(sorted.last(), page.after().get());
            page = index.page(query.startingAfter(page.after().get()));
        }
    }

    /** By the bytes, one key after the other. */
    private static List<String> model(List<String> keys, String prefix, String delimiter, String after) {
        TreeMap<byte[], String> names = new TreeMap<>(Arrays::compareUnsigned);
        for (String key : keys) {
            if (key.startsWith(prefix)) {
                int at = delimiter == null ? -1 : key.indexOf(delimiter, prefix.length());
                String name = at < 0 ? key : key.substring(0, at + delimiter.length());
                names.put(name.getBytes(StandardCharsets.UTF_8), name);
            }
        }
        Collection<String> rest = after == null
                ? names.values()
                : names.tailMap(after.getBytes(StandardCharsets.UTF_8), false).values();
        return List.copyOf(rest);
    }

    @Test
    void aHundredThousandKeysAreListedInPagesAndByFolder() {
        KeyIndex<String> index = index(IntStream.range(0, 100_000)
                .mapToObj(i -> "folder" + i % 10 + "/" + i)
                .toList());
        List<String> all = everyPage(index, ListQuery.ALL);
        assertEquals(List.copyOf(index.values()), all);

        long start = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertEquals(10, index.page(query("", "/", null, 100)).folders().size());
        }
        long micros = (System.nanoTime() - start) / 1_000_000;
        System.out.println("10 folders of 100,000 keys listed in " + micros + " µs");
    }

    @Test
    void aPageHasNoMoreThanPeersAccept() {
        String chinese = "文".repeat(330);
        KeyIndex<String> index =
                index(IntStream.range(0, 2_000).mapToObj(i -> chinese + i).toList());

        Listing.Page<String> page = index.page(ListQuery.ALL);

        int jsonBytes = page.values().size() * 330 * "\\u6587".length();
        assertTrue(jsonBytes <= Limits.MAX_LIST_BYTES, "" + jsonBytes);
        assertTrue(jsonBytes > Limits.MAX_LIST_BYTES * 9 / 10, "" + jsonBytes);
        assertEquals(List.copyOf(index.values()), everyPage(index, ListQuery.ALL));
        KeyIndex<String> many =
                index(IntStream.range(0, 20_000).mapToObj(i -> "" + i).toList());
        assertEquals(Limits.MAX_LIST_KEYS, many.page(ListQuery.ALL).values().size());
    }

    @Test
    void theFirstTextBeyondAPrefixIsTheLeastOne() {
        assertEquals(Optional.of("b"), Listing.firstBeyond("a"));
        assertEquals(Optional.of("b"), Listing.firstBeyond("a\uffff\uffff"));
        assertEquals(Optional.empty(), Listing.firstBeyond("\uffff"));
        assertEquals(Optional.empty(), Listing.firstBeyond(""));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(5);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.get(random.nextInt(LETTERS.size())));
        }
        return text.toString();
    }

    private static KeyIndex<String> index(List<String> keys) {
        KeyIndex<String> index = new KeyIndex<>();
        keys.forEach(key -> index.put(new Key(key), key));
        return index;
    }

    private static ListQuery query(String prefix, String delimiter, String after, int limit) {
        return new ListQuery(prefix, Optional.ofNullable(delimiter), Optional.ofNullable(after), limit, false);
    }
}
