package dev.step.daemon.store.disk;

import com.google.gson.JsonObject;
import dev.step.daemon.store.archive.ArchiveEntry;
import dev.step.daemon.store.archive.ArchiveReader;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.UserName;
import dev.step.protocol.frame.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes all that an archive holds into a store: each file once its bytes have been compared with its digests. */
public final class StoreImport {
    private static final Path USERS = Path.of("users");
    private static final String FILES = Tree.FIRST.folderName();
    private static final String DATA = "data";

    private final ImportTarget target;

    private StoreImport(ImportTarget target) {
        this.target = target;
    }

    /**
     * Imports an archive. What came before a failure stays, and is passed over the next time.
     *
     * @param source closed by this
     * @param out takes a line for each that is there already with another content, and one at the end
     * @return whether all of it is there now
     */
    public static boolean run(DiskStore store, InputStream source, Consumer<String> out) throws IOException {
        ImportTarget target = new ImportTarget(store, out);
        try (ArchiveReader archive = new ArchiveReader(source)) {
            StoreImport ours = new StoreImport(target);
            for (Optional<ArchiveEntry> entry = archive.next(); entry.isPresent(); entry = archive.next()) {
                ours.take(entry.get(), archive.content());
            }
        }
        return target.finish();
    }

    private void take(ArchiveEntry entry, InputStream content) throws IOException {
        Place place = Place.of(entry.name());
        if (place.isValue()) {
            target.value(place.user(), place.key(), value(entry, content));
        } else if (entry.digests().isEmpty()) {
            throw new IOException("The export is damaged: " + entry.name() + " has no digest");
        } else {
            target.file(
                    place.user(),
                    new Adoption.Incoming(place.key(), entry.size(), entry.modified(), entry.digests()),
                    content);
        }
    }

    private static JsonObject value(ArchiveEntry entry, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(Limits.MAX_VALUE_BYTES + 1);
        return Json.parse(new String(bytes, StandardCharsets.UTF_8))
                .filter(value -> bytes.length <= Limits.MAX_VALUE_BYTES)
                .orElseThrow(() -> new IOException("The export is damaged: " + entry.name() + " is not a value"));
    }

    /** Where something lies in a store. */
    private record Place(UserName user, Key key, boolean isValue) {
        static Place of(String name) throws IOException {
            try {
                return parse(Path.of(name)).orElseThrow(() -> unknown(name));
            } catch (InvalidPathException e) {
                throw unknown(name);
            }
        }

        private static IOException unknown(String name) {
            return new IOException("The export has an entry that is neither a file nor a value: " + name);
        }

        private static Optional<Place> parse(Path path) {
            int names = path.getNameCount();
            int home = 1;
            while (home < names && EscapedPath.isBegunName(path.getName(home).toString())) {
                home++; // a long user's name is several
            }
            int kind = home + 1;
            if (kind >= names - 1 || !path.startsWith(USERS)) {
                return Optional.empty();
            }
            String kindName = path.getName(kind).toString();
            Optional<UserName> user = EscapedPath.user(path.subpath(1, kind));
            Optional<Key> key = EscapedPath.key(path.subpath(kind + 1, names));
            return user.isPresent() && key.isPresent() && (kindName.equals(FILES) || kindName.equals(DATA))
                    ? Optional.of(new Place(user.get(), key.get(), kindName.equals(DATA)))
                    : Optional.empty();
        }
    }
}
