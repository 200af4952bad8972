package dev.step.shell.console;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The window of the terminal that the process was started from, without a terminal library: the system's own command is
 * asked, now and then, for people make windows larger and smaller.
 */
public final class TerminalWindow implements Supplier<WindowSize> {
    private static final File TERMINAL = new File("/dev/tty");
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("(\\d{1,5}) (\\d{1,5})");
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private @Nullable WindowSize last;
    private long lastNanos;

    @Override
    public synchronized WindowSize get() {
        long now = System.nanoTime();
        WindowSize known = last;
        if (known == null || now - lastNanos > FRESH_NANOS) {
            known = ask().orElse(WindowSize.USUAL);
            last = known;
            lastNanos = now;
        }
        return known;
    }

    private static Optional<WindowSize> ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Redirect.from(TERMINAL))
                    .redirectError(Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher matcher = ROWS_AND_COLUMNS.matcher(answer.strip());
            return matcher.matches()
                    ? Optional.of(WindowSize.of(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(1))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // there is no terminal, or no such command
        }
    }
}
