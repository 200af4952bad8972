package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.journal.ShownText;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import dev.step.protocol.frame.Json;
import dev.step.protocol.message.DataValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes over what a server keeps that does as the reference server does:
 *
 * <pre>
 * DIR/file/USER/KEY    complete files
 * DIR/data/USER/KEY    values: the whole request that saved each, of which only the user's fields are taken
 * DIR/tmp/USER/KEY     unfinished uploads, with KEY.log: not taken
 * </pre>
 *
 * <p>Nothing in there is changed; that server has to be stopped. Links are not followed.
 */
public final class LegacyImport {
    private final Disk disk;
    private final Path from;
    private final ImportTarget target;

    private LegacyImport(Disk disk, Path from, ImportTarget target) {
        this.disk = disk;
        this.from = from;
        this.target = target;
    }

    /**
     * Takes over a folder. What came before a failure stays, and is passed over the next time.
     *
     * @param out takes a line for each thing that is not taken, and one at the end
     * @return whether all complete files and all values are there now
     * @throws IOException also when it is no such folder
     */
    public static boolean run(Disk disk, Path from, DiskStore store, Consumer<String> out) throws IOException {
        ImportTarget target = new ImportTarget(store, out);
        LegacyImport ours = new LegacyImport(disk, from, target);
        ours.checkFolder();
        ours.forEach("file", ours::takeFile);
        ours.forEach("data", ours::takeValue);
        int[] unfinished = {0};
        ours.forEach("tmp", (user, key, path) -> unfinished[0] += key.text().endsWith(".log") ? 1 : 0);
        if (unfinished[0] > 0) {
            out.accept("unfinished uploads, which are not taken: " + unfinished[0]);
        }
        return target.finish();
    }

    private void checkFolder() throws IOException {
        if (disk.kind(from.resolve("file")) != PathKind.FOLDER && disk.kind(from.resolve("data")) != PathKind.FOLDER) {
            throw new IOException(from + " is not the folder of such a server: it has neither \"file\" nor \"data\"");
        }
    }

    private void forEach(String name, Taker taker) throws IOException {
        Path top = from.resolve(name);
        if (disk.kind(top) != PathKind.FOLDER) {
            return;
        }
        for (String user : disk.list(top).stream().sorted().toList()) {
            Path home = top.resolve(user);
            if (disk.kind(home) == PathKind.FOLDER) {
                FolderWalk.walk(disk, home, (path, kind) -> take(user, home.relativize(path), path, taker));
            }
        }
    }

    private void take(String user, Path key, Path path, Taker taker) throws IOException {
        PathKind kind = disk.kind(path);
        if (kind == PathKind.FOLDER) {
            return;
        }
        if (kind != PathKind.FILE) {
            target.refuse(ShownText.of(path.toString()), "it is not a plain file");
            return;
        }
        try {
            taker.take(UserName.of(user), Key.of(key.toString()), path);
        } catch (RefusedException e) {
            target.refuse(ShownText.of(path.toString()), e.getMessage());
        }
    }

    private void takeFile(UserName user, Key key, Path path) throws IOException {
        Adoption.Incoming file = new Adoption.Incoming(
                key, Files.size(path), disk.lastModified(path).truncatedTo(ChronoUnit.MILLIS), List.of());
        try (InputStream content = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            target.file(user, file, content);
        }
    }

    private void takeValue(UserName user, Key key, Path path) throws IOException {
        var request = Json.parse(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
        if (request.isPresent()) {
            target.value(user, key, DataValue.userFields(request.get()));
        } else {
            target.refuse(ShownText.of(path.toString()), "it is not a JSON object");
        }
    }

    /** Takes one thing over. */
    private interface Taker {
        void take(UserName user, Key key, Path path) throws IOException;
    }
}
