package dev.step.daemon.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.77/24, 192.0.2.1, true",
        "192.0.2.0/31, 192.0.2.1, true",
        "192.0.2.0/31, 192.0.2.2, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true"
    })
    void holdsWhatBeginsWithTheSameBits(String range, String address, boolean inside) throws UnknownHostException {
        assertEquals(inside, AddressRange.parse(range).contains(AddressRange.address(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "192.0.2.256",
                "192.0.2",
                "192.0.2.1/33",
                "192.0.2.1/",
                "192.0.2.1/-1",
                "::1/129",
                "a:b"
            })
    void whatIsNoneIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text));
    }

    @Test
    void severalAreReadAndShown() {
        assertEquals(
                "192.0.2.1/32,0:0:0:0:0:0:0:1/128",
                AddressRanges.parse("192.0.2.1, ::1").toString());
        assertEquals("none", AddressRanges.parse("none").toString());
        assertThrows(IllegalArgumentException.class, () -> AddressRanges.parse("192.0.2.1,"));
    }

    @Test
    void isShownAsItIsRead() {
        assertEquals("192.0.2.0/24", AddressRange.parse("192.0.2.0/24").toString());
        assertEquals("192.0.2.1/32", AddressRange.parse("192.0.2.1").toString());
    }
}
