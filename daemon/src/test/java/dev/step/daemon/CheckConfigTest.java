package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code step-server check-config} says about configuration files. */
final class CheckConfigTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("step-server.conf");
    }

    @Test
    void correctFileIsPassedOverInSilence() throws IOException {
        assertEquals(List.of(), check("# ours", "", " store=" + folder, "auth = OPEN", "min-free = 0"));
    }

    @Test
    void everyMistakeIsReportedAtOnceWithItsLine() throws IOException {
        List<String> mistakes = check(
                "lisen = 127.0.0.1",
                "store = " + folder,
                "auth = none",
                "just words",
                "max-connections = 0",
                "upload-expiry =",
                "store = /elsewhere",
                "login-seconds = 1m",
                "config = other.conf",
                "help = true",
                "--auth = open");
        assertStartWith(
                mistakes,
                ":1: there is no setting lisen; did you mean listen?",
                ":3: Invalid value for option '--auth'",
                ":4: \"just words\" is not of the form name = value",
                ":5: Invalid value for option '--max-connections': expected a whole number, 1 or more, but was '0'",
                ":6: \"upload-expiry =\" is not of the form name = value",
                ":7: store is set in line 2 already",
                ":8: Invalid value for option '--login-seconds'",
                ":9: there is no setting config",
                ":10: there is no setting help",
                ":11: there is no setting --auth");
    }

    @Test
    void whatCannotBeUsedOnThisMachineIsReportedToo() throws IOException {
        Path noFolder = Files.createFile(folder.resolve("plain"));
        Path accounts = Files.writeString(folder.resolve("people"), "alice\n");
        List<String> mistakes = check(
                "store = " + noFolder, "accounts = " + accounts, "listen = [::zz]:1", "tls-certificate = /none.pem");
        assertStartWith(
                mistakes,
                ":3: listen: Cannot listen on [::zz]:1: no such host",
                ":1: store: " + noFolder + " is not a folder",
                ":4: tls-certificate: --tls-certificate and --tls-key belong together",
                ":2: accounts: ");
    }

    @Test
    void storeOfWhichNobodyKnowsIsToldOnce() throws IOException {
        assertStartWith(check("store = s3://bucket"), ":1: store: ");
        assertStartWith(check("store = s3://bucket", "accounts = " + folder.resolve("none")), ":1: store: ");
    }

    @Test
    void serverWithoutAStoreIsNone() throws IOException {
        assertEquals(List.of(file + ": Missing required option: '--store=PLACE'"), check("listen = 127.0.0.1"));
    }

    @Test
    void fileThatIsNamedHasToExist() {
        assertEquals(List.of("step-server: " + file + ": no such file or folder"), check());
    }

    @Test
    void sampleNamesEverySettingAndIsCorrectWithItsDefaults() throws IOException {
        StringWriter sample = new StringWriter();
        SettingsText.writeSample(new PrintWriter(sample));
        List<String> settings = sample.toString()
                .lines()
                .filter(line -> line.matches("#[a-z0-9-]+ = .*"))
                .map(line -> line.substring(1))
                .toList();
        List<String> options = new CommandLine(new RunCommand())
                .getCommandSpec().options().stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .map(SettingDefinitions::name)
                        .sorted()
                        .toList();
        assertEquals(
                options,
                settings.stream().map(line -> line.split(" = ")[0]).sorted().toList());
        assertEquals(
                List.of(),
                check(settings.stream()
                        .filter(line -> !line.endsWith("FILE"))
                        .map(line -> line.replace("PLACE", folder.toString()))
                        .toArray(String[]::new)));
    }

    @Test
    void manualNamesEverySetting() {
        StringWriter manual = new StringWriter();
        SettingsText.writeManual(new PrintWriter(manual));
        SettingDefinitions.all()
                .forEach(option -> assertTrue(
                        manual.toString().contains("\n*" + SettingDefinitions.name(option) + "* = "),
                        option.longestName()));
    }

    /** The mistakes are these, in the file's name and this order, and the status says whether there are any. */
    private void assertStartWith(List<String> mistakes, String... beginnings) {
        assertEquals(beginnings.length, mistakes.size(), mistakes::toString);
        for (int i = 0; i < beginnings.length; i++) {
            String mistake = mistakes.get(i);
            assertTrue(mistake.startsWith(file + beginnings[i]), mistake);
        }
    }

    private List<String> check(String... lines) throws IOException {
        Files.write(file, List.of(lines));
        return check();
    }

    private List<String> check() {
        StringWriter errors = new StringWriter();
        int status = ServerMain.commandLine(new ServerMain(), ConfigFile.NONE)
                .setErr(new PrintWriter(errors, true))
                .execute("check-config", "--config", file.toString());
        List<String> mistakes = errors.toString().lines().toList();
        assertEquals(mistakes.isEmpty() ? 0 : 1, status, errors.toString());
        return mistakes;
    }
}
