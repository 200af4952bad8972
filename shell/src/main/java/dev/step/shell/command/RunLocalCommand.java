package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class RunLocalCommand implements ShellCommand {
    private static final File NOTHING = new File("/dev/null");

    private final ShellContext context;

    private final Single<String> line = Single.operand(String.class, "COMMAND", "what to run");

    RunLocalCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Run the rest of the line in your own shell.",
                        "It runs in the folder that lpwd shows, and fails when its exit status is not 0.")
                .customSynopsis("!COMMAND")
                .footer("  !gzip -k *.log", "  !                              a shell, at the prompt");
        Argument.addAll(spec, line);
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
        String wanted = line.value().orElse("");
        return wanted.isBlank() ? List.of(shell) : List.of("/bin/sh", "-c", wanted);
    }
}
