package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A shell that runs and reads its commands from a pipe. */
final class OpenShell implements AutoCloseable {
    private static final long ENDS_WITHIN_SECONDS = 120;

    private final Process process;
    private final OutputStream in;
    private final Collector out;
    private final Collector err;

    OpenShell(Process process) {
        this.process = process;
        this.in = process.getOutputStream();
        this.out = Collector.of(process.getInputStream());
        this.err = Collector.of(process.getErrorStream());
    }

    /** Gives it a line. */
    void type(String line) throws IOException {
        write(line + "\n");
    }

    void write(String text) throws IOException {
        in.write(text.getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    void awaitOutput(String wanted) throws InterruptedException {
        assertTrue(out.awaitAfter(0, wanted).contains(wanted), () -> "the shell ended without saying " + wanted);
    }

    /** Ends its input and waits until it has ended itself. */
    StepShell.Result end() throws IOException, InterruptedException {
        in.close();
        assertTrue(process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS), "the shell hangs");
        return new StepShell.Result(process.exitValue(), out.all(), err.all());
    }

    /** Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    long pid() {
        return process.pid();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
