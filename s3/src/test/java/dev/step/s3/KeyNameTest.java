package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.Key;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeyNameTest {
    private static final List<String> KEYS = List.of(
            "a",
            "a b",
            "a!b",
            "a/b",
            "a/",
            "a//b",
            "a~",
            "a~b",
            "a~7E",
            "aé",
            "a文",
            "a\uD83D\uDE00",
            "a\uFFFD",
            "b",
            "%41",
            "a+b",
            "Z",
            "\uE000x",
            "~",
            "~~",
            "}");

    @Test
    void everyKeyComesBackFromItsName() {
        for (String key : KEYS) {
            assertEquals(Optional.of(new Key(key)), KeyName.key(KeyName.of(new Key(key))), key);
        }
    }

    @Test
    void namesAreInTheOrderOfTheKeys() {
        List<Key> keys = KEYS.stream().map(Key::new).sorted().toList();
        assertEquals(
                keys, keys.stream().sorted(Comparator.comparing(KeyName::of)).toList());
    }

    @Test
    void namesBeginAlikeWhereTheKeysDo() {
        assertTrue(KeyName.of(new Key("a文b")).startsWith(KeyName.ofPrefix("a文")));
        assertTrue(KeyName.of(new Key("é".repeat(500))).startsWith(KeyName.ofPrefix("é".repeat(400))));
    }

    @Test
    void longNamesAreCutOffAndDiffer() {
        Key one = new Key("k".repeat(1_000) + "1");
        Key other = new Key("k".repeat(1_000) + "2");
        assertTrue(KeyName.isCut(KeyName.of(one)));
        assertEquals(KeyName.of(one).length(), KeyName.of(other).length());
        assertTrue(!KeyName.of(one).equals(KeyName.of(other)));
        assertEquals(Optional.empty(), KeyName.key(KeyName.of(one)));
    }
}
