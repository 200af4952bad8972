package dev.step.shell.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.shell.bench.BenchPlan.Turn;
import dev.step.shell.console.Console;
import dev.step.shell.console.Terminals;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchBoardTest {
    private static final int COLUMNS = 80;
    private static final Terminals ALL = new Terminals(true, true, true);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void onATerminalTheBarsOfTheFigureAreDrawn() {
        try (BenchBoard board = new BenchBoard(console(ALL), () -> COLUMNS, 10)) {
            measure(board);
        }
        List<String> lines = withoutEscapes(text(err)).strip().lines().toList();
        assertTrue(lines.get(0).startsWith("bench sizes  round 3/10  50 %  0:00 left"), lines::toString);
        assertEquals("put  256 KiB                  262 MB/s    " + "█".repeat(18) + "▌", lines.get(1));
        assertEquals("put  1 MiB                    524 MB/s    " + "█".repeat(37), lines.get(2));
        assertEquals("", text(out), "results are for the output");
    }

    @Test
    void elsewhereItSaysNothingForAWhile() {
        try (BenchBoard board = new BenchBoard(console(Terminals.NONE), () -> COLUMNS, 10)) {
            measure(board);
        }
        assertEquals("", text(err));
    }

    private static void measure(BenchBoard board) {
        BenchCase small = put(256 << 10);
        BenchCase large = put(1 << 20);
        board.measured(new Sample(small, 3, 0, 1_000_000));
        board.measured(new Sample(large, 3, 0, 2_000_000));
        board.begin(new Turn(large, 3));
        board.done(0.5);
    }

    private static BenchCase put(long size) {
        return new BenchCase(Figure.SIZES, Action.PUT, new Payload(FileKind.BIN, size), 1, 1);
    }

    private Console console(Terminals terminals) {
        return new Console(stream(out), stream(err), terminals);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String withoutEscapes(String text) {
        return text.replaceAll("[\r\u001b](\\[[?0-9;]*[A-Za-z])?", "");
    }
}
