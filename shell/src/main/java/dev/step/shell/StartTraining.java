package dev.step.shell;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Connector;
import dev.step.shell.client.Dialer;
import dev.step.shell.client.PasswordSource;
import dev.step.shell.client.Preparation;
import dev.step.shell.client.Target;
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
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Uses what people use, so that the launcher learns which classes a start needs and can archive them. It prints nothing
 * and leaves nothing but what is in the folder that it is given.
 */
public final class StartTraining {
    private static final String USER = "trainee";
    private static final String SCRIPT =
            "put sample; verify sample; ls; ls -l; get --replace sample copy; -get none; rm sample; help; help put; "
                    + "put --connections 2 large; get --replace --connections 2 large copy; rm large";
    private static final String TYPED = "put sample\nget s\t\u0015ls\nhelp put\n\u0004";

    /** Large enough to go on several connections. */
    private static final int LARGE_BYTES = 11 << 20;

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;

    private StartTraining(Path folder) {
        this.folder = folder;
    }

    /** Takes the folder; the user's configuration and data have to be in there, too, by the variables that say so. */
    public static void main(String[] arguments) throws IOException, ClientException, GeneralSecurityException {
        Preparation.begin(true);
        StartTraining training = new StartTraining(Path.of(arguments[0]));
        Files.writeString(training.folder.resolve("sample"), "sample");
        Files.write(training.folder.resolve("large"), new byte[LARGE_BYTES]);
        Path store = training.folder.resolve("store");
        training.runScript(List.of("--embedded", "--store", store.toString()));
        try (EmbeddedServer server = new EmbeddedServer(store, USER)) {
            training.reach(server.locate());
            training.type(server);
        }
    }

    /** As any other server: in plain text, and with TLS. */
    private void reach(Target server) throws IOException, ClientException, GeneralSecurityException {
        Path password = folder.resolve("password");
        Files.createFile(password, OWNER_ONLY);
        Files.writeString(password, server.password().orElseThrow().passwordOf(USER));
        String secret = "--password-file=" + password;
        runScript(List.of("--json", secret, "--server", server.address().toString()));
        try (TlsFront tls = TlsFront.before(server.address(), folder)) {
            runScript(List.of("--tls", secret, "--server", tls.address().toString()));
        }
    }

    private void runScript(List<String> options) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--user", USER, "-c", "lcd '" + folder + "'; " + SCRIPT));
        ShellMain.run(silent(), arguments.toArray(String[]::new));
    }

    private void type(EmbeddedServer server) throws IOException {
        Console console = silent();
        ByteArrayInputStream typed =
                new ByteArrayInputStream(("lcd '" + folder + "'\n" + TYPED).getBytes(StandardCharsets.UTF_8));
        try (Prompt prompt = Prompt.pretended(typed, folder.resolve("history"));
                Connector connector =
                        new Connector(server, Dialer.DEFAULT, PasswordSource.USER_NAME, console::notice)) {
            prompt.run(new ShellContext(console, connector, new Settings(), prompt::window), true);
        }
    }

    private static Console silent() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Console(nowhere, nowhere, Terminals.NONE);
    }
}
