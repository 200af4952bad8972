package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.shell.client.FakeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program with a configuration, and with passwords from everywhere they may come from. */
final class ConfigurationIT {
    @TempDir
    Path folder;

    private Path config;
    private StepShell shell;
    private FakeServer server;

    @BeforeEach
    void prepare() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        config = Files.createDirectories(home.resolve("config/step")).resolve("config");
        shell = StepShell.in(Files.createDirectory(folder.resolve("work")), home);
        server = FakeServer.withExtensions();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aProfileNamesServerUserPasswordAndSettings() throws Exception {
        Path password = folder.resolve("work/password");
        Files.writeString(password, "alice\nmore\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                config,
                "# servers\ncolor = always\n\n[work]\nserver = " + server.address() + "\nuser = alice\npassword-file = "
                        + password + "\njson = on\n");
        StepShell.Result result = shell.with("STEP_PASSWORD", "wrong").run("whoami\nset color", "work");
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().startsWith("{\"user\":\"alice\",\"address\":\"" + server.address()), result.out());
        assertTrue(result.out().contains("{\"setting\":\"color\",\"value\":\"always\"}"), result.out());

        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        result = shell.run("whoami", "work");
        assertEquals(1, result.status());
        assertTrue(result.err().contains("others can read this password; chmod 600 it"), result.err());
    }

    @Test
    void withoutAnotherWordTheConfigurationIsInTheHomeThatTheEnvironmentNames() throws Exception {
        Path file = Files.createDirectories(folder.resolve("home/.config/step")).resolve("config");
        Files.writeString(file, "json = on\n");
        StepShell.Result result = shell.with("XDG_CONFIG_HOME", "").run("set json\nlcd\nlpwd");
        assertEquals(
                List.of("{\"setting\":\"json\",\"value\":\"on\"}", "{\"folder\":\"" + folder.resolve("home") + "\"}"),
                result.out().lines().toList(),
                result.err());
    }

    @Test
    void aProfilesPasswordGoesToNoOtherServer() throws Exception {
        try (FakeServer other = FakeServer.withExtensions()) {
            Files.writeString(
                    config, "[work]\nserver = " + server.address() + "\nuser = alice\npassword-command = echo alice\n");
            StepShell.Result result = shell.with("STEP_PASSWORD", "wrong")
                    .run("whoami\n-connect " + other.address() + "\nwhoami", "work");
            assertEquals(4, result.status(), result.err());
            assertTrue(result.out().startsWith("alice  " + server.address()), result.out());
            assertEquals(
                    "2bda2998d9b0ee197da142a0447f6725",
                    other.requests.get(0).get("password").getAsString()); // the MD5 of wrong
        }
    }

    @Test
    void mistakesAreToldWithTheirLine() throws Exception {
        Files.writeString(config, "color = always\nnonsense\n");
        assertTold(config + ":2: neither [PROFILE] nor NAME = VALUE", shell.run("", "work"));
        Files.writeString(config, "color = red\n");
        assertTold(config + ":1: color can be auto|always|never, not \"red\"", shell.run(""));
        Files.writeString(config, "[work]\nsevrer = x\n");
        assertTold(config + ":2: nothing is called \"sevrer\"", shell.run("", "work"));
        assertTold("there is no profile \"wrok\" in " + config + "; did you mean work?", shell.run("", "wrok"));
        Files.writeString(config, "[work]\nserver = a b\n");
        assertTold(config + ":2: \"a b\" is not of the form", shell.run("", "work"));
    }

    @Test
    void loginTakesThePasswordFromAFileOrACommand() throws Exception {
        Path password = folder.resolve("work/pw");
        Files.writeString(password, "bob\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        StepShell.Result result = shell.with("STEP_PASSWORD", "wrong")
                .run(
                        "login --password-file pw bob\nwhoami\nlogin --password-command 'printf carol' carol\nwhoami",
                        "--server",
                        server.address().toString());
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().startsWith("bob  ") && result.out().contains("\ncarol  "), result.out());
        result = shell.run(
                "login --password-command 'exit 9' carol",
                "--server",
                server.address().toString());
        assertEquals(4, result.status());
        assertEquals("line 1: login: the password command ended with status 9\n", result.err());
        result = shell.run(
                "login", "--server", server.address().toString(), "--user", "dora", "--password-command", "echo dora");
        assertEquals(0, result.status(), result.err());
    }

    private static void assertTold(String words, StepShell.Result result) {
        assertEquals(2, result.status());
        assertTrue(result.err().startsWith("step-shell: " + words), result.err());
    }
}
