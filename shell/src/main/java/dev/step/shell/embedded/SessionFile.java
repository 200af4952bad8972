package dev.step.shell.embedded;

import com.google.gson.JsonObject;
import dev.step.protocol.HostAndPort;
import dev.step.protocol.frame.Json;
import dev.step.shell.client.Account;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Where the embedded server of a store listens, and the password of this start of it: {@code STORE/embedded.json}, for
 * its owner's eyes only.
 *
 * <pre>
 *   {"host":"127.0.0.1","port":40123,"user":"alice","password":"…"}
 * </pre>
 */
final class SessionFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final Path fresh;

    SessionFile(Path store) {
        this.file = store.resolve("embedded.json");
        this.fresh = store.resolve("embedded.json.new");
    }

    /** Writes the file, so that nobody ever sees half of it, or sees it before it is protected. */
    void write(Account account) throws IOException {
        JsonObject fields = new JsonObject();
        fields.addProperty("host", account.address().host());
        fields.addProperty("port", account.address().port());
        fields.addProperty("user", account.user());
        fields.addProperty("password", account.password());
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            channel.write(ByteBuffer.wrap(Json.encode(fields)));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * What the server that serves the store now has written; empty if it has not yet.
     *
     * @throws IOException also when others than the owner could have read or written the file
     */
    Optional<Account> read() throws IOException {
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile() || !attributes.permissions().equals(OWNER_ONLY)) {
                throw new IOException(file + " is not a file for its owner's eyes only; remove it and start again");
            }
            return Json.parse(Files.readString(file)).map(SessionFile::account);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Account account(JsonObject fields) {
        return new Account(
                new HostAndPort(
                        fields.get("host").getAsString(), fields.get("port").getAsInt()),
                fields.get("user").getAsString(),
                fields.get("password").getAsString());
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
