package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = Commands.RUN_LOCAL,
        description = {
            "Run the rest of the line in your own shell.",
            "It runs in the folder that lpwd shows, and fails when its exit status is not 0."
        },
        customSynopsis = "!COMMAND",
        footer = {"  !gzip -k *.log", "  !                              a shell, at the prompt"})
final class RunLocalCommand implements ShellCommand {
    private static final File NOTHING = new File("/dev/null");

    private final ShellContext context;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "what to run")
    private String line = "";

    RunLocalCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException {
        boolean mayRead = context.person() != Person.NOBODY || context.input().isPresent();
        ProcessBuilder builder = new ProcessBuilder(words(System.getenv().getOrDefault("SHELL", "/bin/sh")))
                .directory(context.folder().toAbsolutePath().toFile())
                .inheritIO()
                .redirectInput(mayRead ? Redirect.INHERIT : Redirect.from(NOTHING)); // not the script's next lines
        try {
            int status = builder.start().waitFor();
            if (status != 0) {
                throw new ClientException(Problem.LOCAL_FILE, "it ended with status " + status);
            }
        } catch (IOException e) {
            throw new ClientException(Problem.LOCAL_FILE, "cannot run it: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the shell's thread", e);
        }
        return ExitStatus.OK;
    }

    private List<String> words(String shell) {
        return line.isBlank() ? List.of(shell) : List.of("/bin/sh", "-c", line);
    }
}
