package dev.step.shell.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.shell.console.Console;
import dev.step.shell.console.Terminals;
import dev.step.shell.console.WindowSize;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProgressBoardTest {
    private static final Terminals ERROR_ONLY = new Terminals(false, false, true);

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Console console = new Console(
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(screen, true, StandardCharsets.UTF_8),
            ERROR_ONLY);

    @Test
    void everyTransferHasALineAndAllOfThemHaveOne() {
        ProgressBoard board = new ProgressBoard(console, () -> new WindowSize(100, 24));
        board.expectFiles(5);
        board.expectBytes(() -> 4000);
        List<Progress> transfers = begin(board, 3);
        transfers.get(0).close();
        String shown = awaitPicture(transfers.get(1));
        assertTrue(shown.contains("f1   0% ["), shown);
        assertTrue(shown.contains("f2   0% ["), shown);
        assertTrue(shown.contains("\n1/5 files  "), shown);
        assertTrue(shown.contains("/2.9 KiB  "), shown); // what the first has left unmoved is no longer waited for
    }

    @Test
    void noMoreLinesAreShownThanTheWindowHas() {
        ProgressBoard board = new ProgressBoard(console, () -> new WindowSize(40, 6));
        board.expectFiles(16);
        String shown = awaitPicture(begin(board, 16).get(0));
        String last = shown.substring(shown.lastIndexOf("\u001b[?7l") + 5);
        List<String> lines = last.lines().toList();
        assertEquals(4, lines.size(), last);
        assertTrue(lines.get(3).startsWith("0/16 files  "), last);
    }

    private static List<Progress> begin(ProgressBoard board, int count) {
        List<Progress> transfers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Progress progress = board.start("f" + i);
            progress.expect(1000);
            transfers.add(progress);
        }
        return transfers;
    }

    /** Nothing is shown of what is over quickly. */
    private String awaitPicture(Progress progress) {
        while (screen.size() == 0) {
            progress.moved(0);
            LockSupport.parkNanos(1_000_000);
        }
        return screen.toString(StandardCharsets.UTF_8);
    }
}
