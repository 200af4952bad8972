package dev.step.shell.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A password in a file's first line, for its owner's eyes only.
 *
 * @param file where it is
 */
public record PasswordFile(Path file) implements PasswordSource {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    @Override
    public String passwordOf(String user) throws ClientException {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new ClientException(
                        Problem.LOCAL_FILE, file + ": others can read this password; chmod 600 it, and change it");
            }
            try (Stream<String> lines = Files.lines(file)) {
                return lines.findFirst()
                        .orElseThrow(() -> new ClientException(Problem.LOCAL_FILE, file + ": it holds no password"));
            }
        } catch (IOException e) {
            throw ClientException.local(file, e);
        }
    }
}
