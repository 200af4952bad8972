package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import dev.step.protocol.tls.Fingerprint;
import dev.step.protocol.tls.TlsChannel;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Servers that are known by their keys: one seen for the first time is shown to the user and believed, and from then on
 * has to have the same key. They are kept in a file, one a line; of several lines about one server the first counts.
 *
 * <pre>
 *   files.example.org:1379 SHA256:6rJ2gIlDJEn4y6gcpPPQYOYEZDCEWW5M0zg5SNuWOXA
 * </pre>
 */
public final class KnownServers implements Trust {
    private final Path file;
    private final Consumer<String> notices;

    /** @param file made when the first server is met */
    public KnownServers(Path file, Consumer<String> notices) {
        this.file = file;
        this.notices = notices;
    }

    @Override
    public TlsChannel connect(HostAndPort address, SocketChannel channel) throws IOException, ClientException {
        TlsChannel tls = TlsChannel.connect(AnyCertificate.context(), channel, address.host(), false);
        check(name(address), tls.peer());
        return tls;
    }

    private void check(String server, Fingerprint found) throws ClientException {
        try {
            List<String> lines = lines();
            Optional<String> known =
                    lines.stream().filter(line -> line.startsWith(server + " ")).findFirst();
            if (known.isEmpty()) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                add(server + " " + found + "\n");
                notices.accept(
                        "first time at " + server + ": its key is " + found + ", and has to be that from now on");
            } else if (!known.get().equals(server + " " + found)) {
                throw changed(
                        server, known.get().substring(server.length() + 1), found, lines.indexOf(known.get()) + 1);
            }
        } catch (IOException e) {
            throw ClientException.local(file, e);
        }
    }

    private ClientException changed(String server, String known, Fingerprint found, int line) {
        return new ClientException(
                Problem.UNTRUSTED,
                "DANGER: " + server
                        + " has another key than before. Somebody may have put themselves in between, so nothing"
                        + " was sent. Known: " + known + ", now: " + found
                        + ". If its admin says that the new key is right, remove line " + line + " of " + file);
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** In one write, so that two shells do not mix their lines. */
    private void add(String line) throws IOException {
        Files.write(file, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String name(HostAndPort address) {
        return address.toString().toLowerCase(Locale.ROOT);
    }
}
