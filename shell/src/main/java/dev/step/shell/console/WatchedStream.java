package dev.step.shell.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream that knows why it could not be written, which a {@link java.io.PrintStream} around it forgets. */
final class WatchedStream extends FilterOutputStream {
    private @Nullable String problem;

    WatchedStream(OutputStream out) {
        super(out);
    }

    /** Why nothing can be written any more, in one line. */
    synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            problem = reason.equals("Broken pipe")
                    ? "nobody reads the results any more"
                    : "the results cannot be written: " + reason;
            throw e;
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }
}
