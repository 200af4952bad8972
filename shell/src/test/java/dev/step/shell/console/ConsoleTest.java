package dev.step.shell.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
