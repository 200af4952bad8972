package dev.step.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.shell.client.Connector;
import dev.step.shell.client.Dialer;
import dev.step.shell.client.FakeServer;
import dev.step.shell.client.PasswordSource;
import dev.step.shell.client.Target;
import dev.step.shell.console.Console;
import dev.step.shell.console.Terminals;
import dev.step.shell.console.WindowSize;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CompletionTest {
    @TempDir
    Path folder;

    private FakeServer server;
    private Connector connector;
    private Completion completion;

    @BeforeEach
    void start() throws IOException {
        server = FakeServer.withExtensions();
        Target target = Target.of(server.address(), "alice");
        connector = new Connector(() -> target, Dialer.DEFAULT, PasswordSource.USER_NAME, notice -> {});
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        ShellContext context = new ShellContext(
                new Console(nowhere, nowhere, Terminals.NONE), connector, new Settings(), () -> WindowSize.USUAL);
        context.enterFolder(folder);
        completion = new Completion(context);
    }

    @AfterEach
    void stop() {
        connector.close();
        server.close();
    }

    @Test
    void theFirstWordIsACommand() {
        assertTrue(texts(List.of(), "pu").containsAll(List.of("put", "get", "data", "quit")));
        assertEquals(1, texts(List.of(), "d").stream().filter("data"::equals).count());
        assertEquals(List.of("save", "get", "rm", "ls"), texts(List.of("data"), ""));
    }

    @Test
    void aHyphenBeginsAnOption() {
        assertEquals(
                List.of("-l", "-h", "--sort", "--quiet", "--json"),
                texts(List.of("ls"), "-").stream()
                        .sorted((a, b) -> b.compareTo(a))
                        .toList());
    }

    @Test
    void localFilesAreOfferedWithFoldersOpen() throws Exception {
        Files.writeString(folder.resolve("my file"), "");
        Files.writeString(folder.resolve(".hidden"), "");
        Files.createDirectory(folder.resolve("my folder"));
        Files.writeString(folder.resolve("my folder/inner"), "");
        assertEquals(
                List.of(new Suggestion("my file", true), new Suggestion("my folder/", false)),
                sorted(completion.suggest(List.of("put"), "my")));
        assertEquals(List.of("my folder/inner"), texts(List.of("put"), "my folder/"));
        assertEquals(List.of(".hidden"), texts(List.of("put"), ".h"));
        assertEquals(List.of(), texts(List.of("put"), "none/"));
    }

    @Test
    void keysAreOfferedOnlyWhenThereIsASession() throws Exception {
        server.files.put("notes", new byte[1]);
        server.files.put("f/a", new byte[1]);
        assertEquals(List.of(), texts(List.of("get"), ""));
        connector.session();
        completion.forget();
        assertEquals(
                List.of(new Suggestion("f/", false), new Suggestion("notes", true)),
                sorted(completion.suggest(List.of("get"), "")));
        assertEquals(List.of("f/a"), texts(List.of("rm"), "f/"));
    }

    @Test
    void whatTheServerSaidIsRememberedUntilACommandRan() throws Exception {
        connector.session();
        server.files.put("a", new byte[1]);
        assertEquals(List.of("a"), texts(List.of("get"), ""));
        server.files.put("b", new byte[1]);
        assertEquals(List.of("a"), texts(List.of("get"), ""));
        completion.forget();
        assertEquals(List.of("a", "b"), texts(List.of("get"), ""));
    }

    @Test
    void anOldServerIsNotAsked() throws Exception {
        server.extended(false);
        server.values.put("v", new JsonObject());
        connector.session();
        assertEquals(List.of(), texts(List.of("get"), ""));
        assertEquals(List.of(), texts(List.of("data", "get"), ""));
        assertEquals(List.of("LOGIN"), server.operations());
    }

    private List<String> texts(List<String> before, String typed) {
        return completion.suggest(before, typed).stream().map(Suggestion::text).toList();
    }

    private static List<Suggestion> sorted(List<Suggestion> suggestions) {
        return suggestions.stream()
                .sorted((a, b) -> a.text().compareTo(b.text()))
                .toList();
    }
}
