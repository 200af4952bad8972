package dev.step.daemon;

import dev.step.protocol.UserName;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a new password comes from: never the command line, which every user of the machine can read. */
final class NewPassword {
    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Take the first line of this file, instead of asking; /dev/stdin is one, too.")
    private @Nullable Path file;

    /**
     * The password, of at least one character.
     *
     * @throws IOException in words for the admin
     */
    String read(UserName user) throws IOException {
        String password = file == null ? ask(user) : firstLine(file);
        if (password.isEmpty()) {
            throw new IOException("The password is empty; nothing was changed.");
        }
        return password;
    }

    private static String firstLine(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            return line == null ? "" : line;
        }
    }

    @SuppressWarnings("SystemConsoleNull") // Java 22 and later read from standard input then, which is as good
    private static String ask(UserName user) throws IOException {
        Console terminal = System.console();
        if (terminal == null) {
            throw new IOException("There is no terminal to ask for the password; give --password-file FILE.");
        }
        char[] first = terminal.readPassword("New password of %s: ", user);
        char[] second = first == null ? null : terminal.readPassword("The same again: ");
        if (first == null || second == null) {
            throw new IOException("No password was given; nothing was changed.");
        }
        if (!Arrays.equals(first, second)) {
            throw new IOException("The two passwords differ; nothing was changed.");
        }
        return new String(first);
    }
}
