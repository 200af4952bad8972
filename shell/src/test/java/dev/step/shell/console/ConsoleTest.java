package dev.step.shell.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(new ByteArrayOutputStream(), err, Terminals.NONE);

    @Test
    void aNoticeIsShownOnceUntilSomethingElseIsSaid() {
        console.notice("reconnected");
        console.notice("reconnected");
        console.line("a result");
        console.notice("reconnected");
        console.error("an error");
        console.notice("reconnected");
        console.notice("another");
        console.notice("reconnected");
        assertEquals(
                "reconnected\nreconnected\nan error\nreconnected\nanother\nreconnected\n",
                err.toString(StandardCharsets.UTF_8));
    }

    /** Slow as the machine may be, a thousand lines do not take a hundred seconds. */
    @Test
    void linesForAProgramComeTogetherButTheFirstAtOnce() {
        CountedWrites out = new CountedWrites();
        Console pipe = new Console(out, err, Terminals.NONE, false, true);
        pipe.line("first");
        assertEquals("first\n", out.toString(StandardCharsets.UTF_8));
        for (int i = 0; i < 1_000; i++) {
            pipe.line("line " + i);
        }
        pipe.flush();
        assertEquals(1_001, out.toString(StandardCharsets.UTF_8).lines().count());
        assertTrue(out.writes < 1_001, out.writes + " writes");
    }

    @Test
    void whatWasHeldBackComesBeforeAnErrorAndANotice() {
        CountedWrites out = new CountedWrites();
        Console pipe = new Console(out, out, Terminals.NONE, false, true);
        pipe.line("1");
        pipe.line("2");
        pipe.error("3");
        pipe.line("4");
        pipe.notice("5");
        assertEquals("1\n2\n3\n4\n5\n", out.toString(StandardCharsets.UTF_8));
    }

    private static final class CountedWrites extends ByteArrayOutputStream {
        private int writes;

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            writes++;
            super.write(bytes, offset, length);
        }
    }
}
