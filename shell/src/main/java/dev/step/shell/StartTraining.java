package dev.step.shell;

import dev.step.shell.client.Connector;
import dev.step.shell.client.Dialer;
import dev.step.shell.client.PasswordSource;
import dev.step.shell.command.Settings;
import dev.step.shell.command.ShellContext;
import dev.step.shell.console.Console;
import dev.step.shell.console.Terminals;
import dev.step.shell.embedded.EmbeddedServer;
import dev.step.shell.repl.Prompt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Uses what people use, so that the launcher learns which classes a start needs and can archive them. It prints nothing
 * and leaves nothing but what is in the folder that it is given.
 */
public final class StartTraining {
    private static final String SCRIPT =
            "put sample; verify sample; ls; ls -l; get --replace sample copy; -get none; rm sample; help";
    private static final String TYPED = "put sample\nget s\t\u0015ls\nhelp put\n\u0004";

    private StartTraining() {}

    /** Takes the folder. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.writeString(folder.resolve("sample"), "sample");
        String store = folder.resolve("store").toString();
        String script = "lcd '" + folder + "'; " + SCRIPT;
        ShellMain.run(silent(), "--embedded", "--store", store, "--user", "trainee", "-c", script);
        ShellMain.run(silent(), "--embedded", "--store", store, "--user", "trainee", "--json", "-c", script);
        prompt(folder, Path.of(store));
    }

    private static void prompt(Path folder, Path store) throws IOException {
        Console console = silent();
        EmbeddedServer server = new EmbeddedServer(store, "trainee");
        ByteArrayInputStream typed =
                new ByteArrayInputStream(("lcd '" + folder + "'\n" + TYPED).getBytes(StandardCharsets.UTF_8));
        try (Prompt prompt = Prompt.pretended(typed, folder.resolve("history"));
                Connector connector =
                        new Connector(server, Dialer.DEFAULT, PasswordSource.USER_NAME, console::notice)) {
            prompt.run(new ShellContext(console, connector, new Settings(), prompt::columns), true);
        }
    }

    private static Console silent() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Console(nowhere, nowhere, Terminals.NONE);
    }
}
