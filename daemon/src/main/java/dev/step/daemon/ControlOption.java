package dev.step.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a running server and the admin's commands meet. */
final class ControlOption {
    @Option(
            names = "--control-socket",
            paramLabel = "FILE",
            description = {
                "The socket by which \"step-server status\" and \"step-server kick\" reach the running server; made by"
                        + " it,",
                "for its own user and group. Default: none."
            })
    private @Nullable Path socket;

    Optional<Path> socket() {
        return Optional.ofNullable(socket).map(path -> path.toAbsolutePath().normalize());
    }

    /**
     * The socket, for a command that needs one.
     *
     * @throws IOException in words for the admin
     */
    Path needed() throws IOException {
        return socket().orElseThrow(() -> new IOException(
                "no socket of a running server is known: name it with --control-socket, here and for \"step-server"
                        + " run\", or in the configuration file"));
    }
}
