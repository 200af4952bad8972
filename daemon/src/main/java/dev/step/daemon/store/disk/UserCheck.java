package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.journal.UploadId;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.frame.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a user's catalogue says with what lies on the disk, every byte of it. Changes nothing; nobody else may
 * change anything meanwhile.
 */
final class UserCheck {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Disk disk;
    private final UserPaths paths;
    private final UnplacedUploads unplaced;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<Key, CatalogueEntry> sound = new LinkedHashMap<>();
    private boolean catalogueIsRight = true;
    private long values;

    /** @param unplaced uploads whose data may lie where complete files do */
    UserCheck(Disk disk, UserPaths paths, UnplacedUploads unplaced) {
        this.disk = disk;
        this.paths = paths;
        this.unplaced = unplaced;
    }

    UserReport run() throws IOException {
        checkHome();
        CatalogueReading catalogue = CatalogueReading.of(disk, paths);
        checkCatalogue(catalogue);
        for (CatalogueEntry entry : catalogue.entries().values()) {
            if (isSound(entry)) {
                sound.put(entry.file().key(), entry);
            } else {
                catalogueIsRight = false;
            }
        }
        for (Tree tree : Tree.values()) {
            FolderWalk.walk(disk, paths.files(tree), (path, kind) -> checkPlace(tree, path, kind, catalogue));
        }
        FolderWalk.walk(disk, paths.data(), this::checkValue);
        return new UserReport(faults, catalogueIsRight, sound, values);
    }

    private void checkHome() throws IOException {
        checkAccess(paths.home());
        for (String name : disk.list(paths.home()).stream().sorted().toList()) {
            Path path = paths.home().resolve(name);
            Optional<PathKind> expected = paths.expected(name);
            if (expected.isEmpty() || disk.kind(path) != expected.get()) {
                fault(Fault.Kind.UNKNOWN, path, "does not belong into a user's folder");
            } else {
                checkAccess(path);
            }
        }
    }

    private void checkCatalogue(CatalogueReading catalogue) throws IOException {
        if (!catalogue.exists() && disk.kind(paths.files(Tree.FIRST)) == PathKind.FOLDER) {
            catalogueIsRight = false;
            fault(Fault.Kind.CATALOGUE, paths.catalogue(), "is missing, while there are files");
        }
        if (catalogue.damage().isPresent()) {
            catalogueIsRight = false;
            fault(Fault.Kind.CATALOGUE, paths.catalogue(), catalogue.damage().get());
        }
    }

    private boolean isSound(CatalogueEntry entry) throws IOException {
        StoredFile file = entry.file();
        Path path = paths.file(entry.tree(), file.key());
        if (disk.kind(path) != PathKind.FILE) {
            fault(Fault.Kind.MISSING, path, "is in the catalogue, but missing");
            return false;
        }
        Optional<String> damage = damage(file, path);
        damage.ifPresent(words -> fault(Fault.Kind.DAMAGED, path, words));
        return damage.isEmpty();
    }

    /** What makes a file's bytes others than those of the catalogue. */
    private Optional<String> damage(StoredFile file, Path path) throws IOException {
        try (DiskFile content = disk.openForReading(path)) {
            if (content.size() != file.size()) {
                return Optional.of("has " + content.size() + " bytes; the catalogue says " + file.size());
            }
            for (Digest expected : file.digests()) {
                Digest found =
                        ContentReading.digest(new DiskOpenFile(file, content), expected.algorithm(), ReadPace.FULL);
                if (!found.equals(expected)) {
                    return Optional.of("is damaged: its " + expected.algorithm().wireName() + " is " + found.hex()
                            + "; the catalogue says " + expected.hex());
                }
            }
            return Optional.empty();
        } catch (AccessDeniedException e) {
            return Optional.empty(); // a fault of another kind, which is found beside; then the bytes can be read
        } catch (IOException e) {
            return Optional.of("cannot be read: " + e);
        }
    }

    private void checkPlace(Tree tree, Path path, PathKind kind, CatalogueReading catalogue) throws IOException {
        if (kind == PathKind.FOLDER) {
            checkAccess(path);
            return;
        }
        Optional<Key> key = EscapedPath.key(paths.files(tree).relativize(path));
        if (kind != PathKind.FILE || key.isEmpty()) {
            fault(Fault.Kind.UNKNOWN, path, "is not a file of the store");
            return;
        }
        CatalogueEntry entry = catalogue.entries().get(key.get());
        if (!catalogue.exists() && !sound.containsKey(key.get())) {
            sound.put(key.get(), enteredAnew(tree, path, key.get()));
        } else if (!isOf(entry, tree) && !unplaced.mayLieAt(path, entry)) {
            fault(Fault.Kind.UNKNOWN, path, "is not in the catalogue");
            return;
        }
        checkAccess(path);
    }

    private static boolean isOf(@Nullable CatalogueEntry entry, Tree tree) {
        return entry != null && entry.tree() == tree;
    }

    /** Only complete contents get a key's name, so what lies there is a file; what else was known of it is lost. */
    private CatalogueEntry enteredAnew(Tree tree, Path path, Key key) throws IOException {
        String version = UploadId.random(RANDOM).toString();
        try (DiskFile content = disk.openForReading(path)) {
            StoredFile unknown = new StoredFile(
                    key, content.size(), disk.lastModified(path).truncatedTo(ChronoUnit.MILLIS), List.of(), version);
            Digest digest =
                    ContentReading.digest(new DiskOpenFile(unknown, content), DigestAlgorithm.MD5, ReadPace.FULL);
            StoredFile file =
                    new StoredFile(key, unknown.size(), unknown.modified(), List.of(digest), unknown.version());
            return new CatalogueEntry(file, tree);
        }
    }

    private void checkValue(Path path, PathKind kind) throws IOException {
        if (kind == PathKind.FOLDER) {
            checkAccess(path);
        } else if (kind != PathKind.FILE
                || EscapedPath.key(paths.data().relativize(path)).isEmpty()) {
            fault(Fault.Kind.UNKNOWN, path, "is not a value of the store");
        } else if (!isReadableValue(path)) {
            fault(Fault.Kind.VALUE, path, "is damaged: it is not a JSON object");
        } else {
            values++;
            checkAccess(path);
        }
    }

    private boolean isReadableValue(Path path) throws IOException {
        try (DiskFile file = disk.openForReading(path)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(0, bytes);
            return Json.parse(new String(bytes.array(), StandardCharsets.UTF_8)).isPresent();
        } catch (AccessDeniedException e) {
            return true;
        }
    }

    private void checkAccess(Path path) throws IOException {
        disk.accessFault(path).ifPresent(words -> fault(Fault.Kind.ACCESS, path, words));
    }

    private void fault(Fault.Kind kind, Path path, String words) {
        faults.add(new Fault(kind, path, words));
    }
}
