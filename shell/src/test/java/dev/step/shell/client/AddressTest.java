package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @Test
    void thePortMayBeLeftOut() {
        assertEquals(Optional.of(new Address("example.org", 1379)), Address.parse("example.org"));
        assertEquals(Optional.of(new Address("10.0.0.1", 80)), Address.parse("10.0.0.1:80"));
    }

    @Test
    void bracketsHoldAnAddressWithColons() {
        assertEquals(Optional.of(new Address("::1", 1379)), Address.parse("[::1]"));
        assertEquals(Optional.of(new Address("::1", 99)), Address.parse("[::1]:99"));
        assertEquals(Optional.of(new Address("fe80::1", 1379)), Address.parse("fe80::1"));
        assertEquals("[::1]:99", new Address("::1", 99).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":1379", "host:", "host:0", "host:65536", "host:x", "a b", "http://x", "[::1]x", "[]:1"})
    void anythingElseIsNone(String text) {
        assertEquals(Optional.empty(), Address.parse(text));
    }
}
