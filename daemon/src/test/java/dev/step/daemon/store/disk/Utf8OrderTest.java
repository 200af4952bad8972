package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.step.daemon.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8OrderTest {
    private static final List<String> CHARACTERS = List.of(
            "\u0001",
            "a",
            "b",
            "\u007f",
            "\u0080",
            "\u07ff",
            "\u0800",
            "\ud7ff",
            "\ue000",
            "\uf7ff",
            "\uf800",
            "\uffff",
            "\ud800\udc00",
            "\ud83d\ude00",
            "\udbff\udfff");

    @Test
    void sortableTextsHaveTheOrderOfTheirBytes() {
        Random random = Seed.random();
        for (int i = 0; i < 100_000; i++) {
            String left = text(random);
            String right = text(random);
            int bytes = Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
            int chars = Utf8Order.sortable(left).compareTo(Utf8Order.sortable(right));
            assertEquals(Integer.signum(bytes), Integer.signum(chars), left + " and " + right);
        }
    }

    @Test
    void everyTextComesBack() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String text = "a" + (char) c;
            assertEquals(text, Utf8Order.original(Utf8Order.sortable(text)));
        }
    }

    @Test
    void anUsualTextIsItsOwnSortableForm() {
        String text = "a/é/日本";
        assertSame(text, Utf8Order.sortable(text));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
            text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
        }
        return text.toString();
    }
}
