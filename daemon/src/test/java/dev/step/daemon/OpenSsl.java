package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program {@code openssl}: a TLS client and a maker of certificates that is not ours. */
final class OpenSsl {
    private static final long ENDS_WITHIN_SECONDS = 60;

    private OpenSsl() {}

    /** Skips the test where there is none. */
    static void assumeInstalled() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl"))),
                "no openssl here");
    }

    /** Connects with these options, sends these bytes, and gives back everything it wrote. */
    static String connect(InetSocketAddress server, byte[] input, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + server.getPort()));
        arguments.addAll(List.of(options));
        return run(input, arguments);
    }

    static String run(byte[] input, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        Path output = Files.createTempFile("openssl", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException e) {
                // it has ended without reading: its output says why
            }
            assertTrue(process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS), "openssl hangs");
            return new String(Files.readAllBytes(output), java.nio.charset.StandardCharsets.ISO_8859_1);
        } finally {
            Files.delete(output);
        }
    }
}
