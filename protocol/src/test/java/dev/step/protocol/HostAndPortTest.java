package dev.step.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
    @Test
    void portMayBeLeftOut() {
        assertEquals(new HostAndPort("example.org", 1379), HostAndPort.parse("example.org"));
        assertEquals(new HostAndPort("10.0.0.1", 80), HostAndPort.parse("10.0.0.1:80"));
    }

    @Test
    void bracketsHoldAnAddressWithColons() {
        assertEquals(new HostAndPort("::1", 1379), HostAndPort.parse("[::1]"));
        assertEquals(new HostAndPort("::1", 99), HostAndPort.parse("[::1]:99"));
        assertEquals(new HostAndPort("fe80::1", 1379), HostAndPort.parse("fe80::1"));
        assertEquals("[::1]:99", new HostAndPort("::1", 99).toString());
    }

    @Test
    void portZeroLetsTheSystemChoose() {
        assertEquals(new HostAndPort("localhost", 0), HostAndPort.parse("localhost:0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":1379",
                "host:",
                "host:65536",
                "host:x",
                "host:+1",
                "host:-1",
                "a b",
                "http://x",
                "[::1]x",
                "[]:1",
                "[::1",
                "a]"
            })
    void anythingElseIsNone(String text) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> HostAndPort.parse(text));
        assertEquals("\"" + text + "\" is not of the form HOST or HOST:PORT", e.getMessage());
    }
}
