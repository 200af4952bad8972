package dev.step.shell.repl;

import dev.step.shell.client.Connector;
import dev.step.shell.client.Dialer;
import dev.step.shell.client.FakeServer;
import dev.step.shell.client.PasswordSource;
import dev.step.shell.client.Target;
import dev.step.shell.command.ExitStatus;
import dev.step.shell.command.Setting;
import dev.step.shell.command.Settings;
import dev.step.shell.command.ShellContext;
import dev.step.shell.command.UsageException;
import dev.step.shell.console.Console;
import dev.step.shell.console.Terminals;
import dev.step.shell.console.WindowSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs scripts in a folder, with a server on a real socket, and keeps what they print. */
final class TestShell implements AutoCloseable {
    final Path folder;
    final FakeServer server;
    Target target;
    PasswordSource passwords = PasswordSource.USER_NAME;
    byte[] input = {};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    TestShell(Path folder, FakeServer server) {
        this.folder = folder;
        this.server = server;
        this.target = Target.of(server.address(), "alice");
    }

    static TestShell in(Path folder) throws IOException {
        return new TestShell(folder, FakeServer.withExtensions());
    }

    /** Runs the lines of a script. */
    ExitStatus run(String... lines) {
        Console console = new Console(stream(out), stream(err), Terminals.NONE);
        try (Connector connector = new Connector(() -> target, Dialer.DEFAULT, passwords, console::notice)) {
            ShellContext context = new ShellContext(console, connector, settings(), () -> WindowSize.USUAL);
            context.readFrom(new ByteArrayInputStream(input));
            new Script(context).run(new StringReader("lcd '" + folder + "'"), "");
            return new Script(context).run(new StringReader(String.join("\n", lines)), "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What is printed must not depend on this machine's processor. */
    private static Settings settings() {
        Settings settings = new Settings();
        try {
            settings.set(Setting.DIGEST, "md5");
        } catch (UsageException e) {
            throw new AssertionError(e);
        }
        return settings;
    }

    void file(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    /** What went to the output so far. */
    List<String> out() {
        return text(out).lines().toList();
    }

    String outText() {
        return text(out);
    }

    /** What went to the error output so far. */
    List<String> err() {
        return text(err).lines().toList();
    }

    /** Forgets what was printed. */
    void clear() {
        out.reset();
        err.reset();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
