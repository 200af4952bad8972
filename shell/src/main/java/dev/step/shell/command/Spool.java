package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A stream as a file, for its size has to be known before it is sent. The file goes when this is closed. */
final class Spool implements AutoCloseable {
    private static final Path STREAM = Path.of("-");
    private static final String FOLDER = "TMPDIR";

    private final Optional<Path> temporary;

    private Spool(Optional<Path> temporary) {
        this.temporary = temporary;
    }

    /** Reads the stream to its end, into the folder that the environment names for what is temporary. */
    static Spool of(InputStream stream) throws ClientException {
        Path folder = Path.of(System.getenv().getOrDefault(FOLDER, System.getProperty("java.io.tmpdir")));
        try {
            Path file = Files.createTempFile(folder, "step-", ".spool"); // for its owner's eyes only
            Spool spool = new Spool(Optional.of(file));
            try {
                copy(stream, file);
            } catch (IOException e) {
                spool.close();
                throw e;
            }
            return spool;
        } catch (IOException e) {
            ClientException reason = ClientException.local(STREAM, e);
            throw new ClientException(
                    reason.problem(),
                    "standard input cannot be kept in " + folder + " (TMPDIR): " + reason.getMessage());
        }
    }

    private static void copy(InputStream stream, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            stream.transferTo(out);
        }
    }

    /** Stands for a stream that is not read. */
    static Spool nothing() {
        return new Spool(Optional.empty());
    }

    Path file() {
        return temporary.orElse(STREAM);
    }

    @Override
    public void close() throws ClientException {
        if (temporary.isPresent()) {
            try {
                Files.deleteIfExists(temporary.get());
            } catch (IOException e) {
                throw ClientException.local(temporary.get(), e);
            }
        }
    }
}
