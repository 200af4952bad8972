package dev.step.shell.repl;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/** A line editor that shows a line of help below what is being typed. */
final class HintingReader extends LineReaderImpl {
    private final Function<String, Optional<String>> hints;
    private @Nullable Supplier<AttributedString> shown;
    private boolean ending;

    /** Asks for a hint whenever the line has changed. */
    HintingReader(Terminal terminal, String name, Function<String, Optional<String>> hints) throws IOException {
        super(terminal, name);
        this.hints = hints;
    }

    /** What else is to stand below the line, a list of completions, goes first. */
    @Override
    protected void redisplay(boolean flush) {
        if (post == null || post == shown) {
            showHint();
        }
        super.redisplay(flush);
    }

    /** However the line ends, by Ctrl-C for example, the hint goes. */
    @Override
    protected void cleanup() {
        ending = true;
        super.cleanup();
        ending = false;
    }

    private void showHint() {
        boolean typing = state == State.NORMAL && !ending;
        Optional<String> hint = typing ? hints.apply(buf.toString()) : Optional.empty();
        shown = hint.map(HintingReader::faint).orElse(null);
        post = shown;
    }

    private static Supplier<AttributedString> faint(String text) {
        AttributedString line = new AttributedString(text, AttributedStyle.DEFAULT.faint());
        return () -> line;
    }
}
