package dev.step.s3;

import static dev.step.s3.TwoServers.put;
import static dev.step.s3.TwoServers.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.step.protocol.Key;
import dev.step.protocol.message.FileList;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Listings of what is in the bucket. */
@Timeout(120)
final class SharedListingTest {
    @RegisterExtension
    private final TwoServers servers = TwoServers.start();

    @Test
    void listingIsInTheOrderOfTheKeysAndInPages() throws Exception {
        List<String> keys = List.of(
                "a",
                "a/b",
                "a/c/d",
                "a~",
                "aé",
                "b",
                "l".repeat(900) + "1",
                "l".repeat(900) + "2",
                "l".repeat(900) + "/x",
                "l".repeat(640),
                "\uD83D\uDE00",
                "\uFFFDz");
        for (String key : keys) {
            put(servers.one(), spec(new Key(key), new byte[1], false, false), new byte[1]);
        }
        List<Key> sorted = keys.stream().map(Key::new).sorted().toList();
        servers.s3().pageSize(3);
        FileList all = servers.other().list(new ListQuery("", Optional.empty(), Optional.empty(), 100, true));
        assertEquals(sorted, all.keys());
        assertEquals(12, all.details().orElseThrow().size());
        for (String delimiter : new String[] {"", "/", "~", "l"}) {
            ListQuery query = new ListQuery(
                    "", Optional.of(delimiter).filter(text -> !text.isEmpty()), Optional.empty(), 100, false);
            FileList whole = servers.other().list(query);
            assertEquals(names(whole), pages(query), "delimiter " + delimiter);
        }
        assertEquals(
                List.of("a/"),
                servers.other()
                        .list(new ListQuery("", Optional.of("/"), Optional.of("a"), 1, false))
                        .folders());
    }

    private static List<String> names(FileList list) {
        List<String> names = new ArrayList<>(list.folders());
        list.keys().forEach(key -> names.add(key.text()));
        names.sort(Key::compareUtf8);
        return names;
    }

    private List<String> pages(ListQuery query) throws IOException {
        List<String> names = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            FileList page =
                    servers.other().list(new ListQuery(query.prefix(), query.delimiter(), after, 1, query.detail()));
            names.addAll(names(page));
            after = page.after();
        } while (after.isPresent());
        return names;
    }
}
