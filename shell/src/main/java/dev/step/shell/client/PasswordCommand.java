package dev.step.shell.client;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/**
 * A password that a program prints as its first line, such as a password manager.
 *
 * @param line what {@code /bin/sh} runs
 */
public record PasswordCommand(String line) implements PasswordSource {
    @Override
    public String passwordOf(String user) throws ClientException {
        try {
            Process process = new ProcessBuilder(List.of("/bin/sh", "-c", line))
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectError(Redirect.INHERIT)
                    .start();
            try (BufferedReader output = process.inputReader()) {
                String password = output.readLine();
                output.transferTo(Writer.nullWriter()); // a program whose output nobody reads may fail
                int status = process.waitFor();
                if (status != 0 || password == null) {
                    throw new ClientException(
                            Problem.LOGIN_REFUSED,
                            "the password command "
                                    + (status == 0 ? "printed nothing" : "ended with status " + status));
                }
                return password;
            }
        } catch (IOException e) {
            throw new ClientException(Problem.LOGIN_REFUSED, "the password command cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the shell's thread", e);
        }
    }
}
