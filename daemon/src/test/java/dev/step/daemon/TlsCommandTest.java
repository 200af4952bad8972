package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.connection.ConnectionRules;
import dev.step.daemon.connection.Plaintext;
import dev.step.daemon.connection.ServerLimits;
import dev.step.daemon.tls.ServerTls;
import dev.step.daemon.tls.TlsFiles;
import dev.step.protocol.tls.Fingerprint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code step-server tls}. */
final class TlsCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path store;
    private TlsFiles files;

    @BeforeEach
    void nameFiles() {
        store = folder.resolve("new/store");
        files = TlsFiles.ofStore(store);
    }

    @Test
    void certificateIsMadeForItsHostsAndItsKeyIsForNobodyElse() throws Exception {
        assertEquals(0, run("init", "--host", "files.example.org", "--host", "127.0.0.1"), err::toString);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())));
        try (RunningServer server = RunningServer.on(folder.resolve("store"), anyPort(), rules());
                RawClient client = RawClient.connectTls(server.address())) {
            client.login("user");
            X509Certificate shown = client.certificate();
            assertEquals(out.toString(), Fingerprint.of(shown) + "\n");
            Collection<List<?>> names = shown.getSubjectAlternativeNames();
            assertTrue(names.toString().contains("files.example.org"), names.toString());
            assertTrue(names.toString().contains("127.0.0.1"), names.toString());
        }
    }

    private ConnectionRules rules() throws IOException {
        ServerTls tls = ServerTls.of(files.certificate(), files.key());
        return new ConnectionRules(Optional.of(tls), Plaintext.DENY, ServerLimits.DEFAULT);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress("127.0.0.1", 0);
    }

    @Test
    void showSaysWhatInitHasSaid() {
        assertEquals(0, run("init"));
        assertEquals(0, run("show"));
        List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size());
        assertEquals(lines.get(0), lines.get(1));
    }

    /** Clients would refuse another key. */
    @Test
    void certificateThatIsThereIsKept() throws IOException {
        assertEquals(0, run("init"));
        byte[] key = Files.readAllBytes(files.key());
        assertEquals(1, run("init"));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertArrayEquals(key, Files.readAllBytes(files.key()));
    }

    @Test
    void showMakesNothing() {
        assertEquals(1, run("show"));
        assertFalse(Files.exists(store));
    }

    private int run(String name, String... options) {
        CommandLine line = ServerMain.commandLine(new TlsCommand(), ConfigFile.NONE);
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        String[] all = new String[options.length + 3];
        System.arraycopy(options, 0, all, 3, options.length);
        System.arraycopy(new String[] {name, "--store", store.toString()}, 0, all, 0, 3);
        return line.execute(all);
    }
}
