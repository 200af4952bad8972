package dev.step.shell.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void ordinaryTextStaysAsItIs() {
        assertEquals("Größe 東京 😀 [1] \\", Printable.of("Größe 東京 😀 [1] \\"));
    }

    @Test
    void whatWouldMoveTheCursorIsShown() {
        assertEquals("a\\x1b[2J\\x0d\\x0a\\x7f\\x9b", Printable.of("a\u001b[2J\r\n\u007f\u009b"));
    }

    @Test
    void whatWouldTurnTheTextAroundIsShown() {
        assertEquals("\\u202egpj.exe \\u2066", Printable.of("\u202Egpj.exe \u2066"));
    }
}
