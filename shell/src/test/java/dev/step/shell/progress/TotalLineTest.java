package dev.step.shell.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TotalLineTest {
    private static final Duration TIME = Duration.ofSeconds(10);

    @Test
    void timeLeftFollowsFromTheBytesThatAreLeft() {
        assertEquals(
                "1/4 files  10.0 MiB/40.0 MiB  1.0 MB/s  0:30",
                new TotalLine(4, 1, OptionalLong.of(40 << 20), 10 << 20, TIME).words());
        assertEquals(
                "0/4 files  0 B/40.0 MiB  0.0 MB/s  -:--",
                new TotalLine(4, 0, OptionalLong.of(40 << 20), 0, TIME).words());
        assertEquals("4/4 files  0 B/0 B  0.0 MB/s  -:--", new TotalLine(4, 4, OptionalLong.of(0), 0, TIME).words());
    }

    @Test
    void whereNobodyKnowsTheBytesItFollowsFromTheFiles() {
        assertEquals(
                "1/4 files  10.0 MiB  1.0 MB/s  0:30",
                new TotalLine(4, 1, OptionalLong.empty(), 10 << 20, TIME).words());
        assertEquals(
                "0/4 files  10.0 MiB  1.0 MB/s  -:--",
                new TotalLine(4, 0, OptionalLong.empty(), 10 << 20, TIME).words());
    }

    @Test
    void theLineIsCutToTheWindow() {
        assertEquals("1/4 files  1", new TotalLine(4, 1, OptionalLong.empty(), 10 << 20, TIME).text(12));
        assertEquals("", new TotalLine(4, 1, OptionalLong.empty(), 10 << 20, TIME).text(-1));
    }
}
