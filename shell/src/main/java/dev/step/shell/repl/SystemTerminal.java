package dev.step.shell.repl;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;
import org.jspecify.annotations.Nullable;

/** Takes over the terminal that the process was started from, if possible without starting other processes. */
final class SystemTerminal {
    private SystemTerminal() {}

    static Terminal open() throws IOException {
        useKnownDescription(System.getenv("TERM"));
        try {
            return builder().exec(false).dumb(false).build();
        } catch (IOException | IllegalStateException e) {
            return builder().build(); // where no native code can be loaded, the system's commands do the work
        }
    }

    private static TerminalBuilder builder() {
        return TerminalBuilder.builder().system(true).nativeSignals(true).signalHandler(SignalHandler.SIG_IGN);
    }

    /** JLine has descriptions of the usual kinds of terminals, but would have {@code infocmp} tell it all the same. */
    private static void useKnownDescription(@Nullable String type) {
        String known = type == null ? null : InfoCmp.getDefaultInfoCmp(type);
        if (known != null) {
            InfoCmp.setLoadedInfoCmp(type, known);
        }
    }
}
