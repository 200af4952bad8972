package dev.step.shell.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which of the standard streams are terminals: each decides by itself. The prompt follows the input, colours the output,
 * progress the error output.
 */
public record Terminals(boolean input, boolean output, boolean error) {
    /** None is: what a script sees. */
    public static final Terminals NONE = new Terminals(false, false, false);

    /** Asks the system, without a terminal library. */
    public static Terminals detect() {
        return new Terminals(isTerminal(0), isTerminal(1), isTerminal(2));
    }

    /** Whether they are said to know no more than lines. */
    static boolean areDumb(Map<String, String> environment) {
        return environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    private static boolean isTerminal(int stream) {
        Path descriptors = Path.of("/proc/self/fd");
        return Files.exists(descriptors) ? leadsToTerminal(descriptors.resolve("" + stream)) : test(stream);
    }

    private static boolean leadsToTerminal(Path descriptor) {
        try {
            String device = Files.readSymbolicLink(descriptor).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException e) {
            return false; // the stream is closed
        }
    }

    /** Slower, but any POSIX system has it. */
    private static boolean test(int stream) {
        try {
            Process test = new ProcessBuilder("/bin/sh", "-c", "test -t " + stream)
                    .inheritIO()
                    .start();
            return test.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted before anything began", e);
        }
    }
}
