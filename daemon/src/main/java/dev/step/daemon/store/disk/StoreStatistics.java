package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.journal.JournalRecovery;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much lies in a store, read from its catalogues and journals without changing anything. A server may have it open;
 * then what changes meanwhile is counted or not.
 *
 * @param users in the order of their folders
 * @param quarantined how many things wait in quarantine
 * @param freeBytes what more the disk has room for
 */
public record StoreStatistics(List<OfUser> users, int quarantined, long freeBytes) {
    /**
     * One user's part.
     *
     * @param bytes what the complete files take
     * @param unfinished how many uploads are not finished
     * @param unfinishedBytes what those will take
     */
    public record OfUser(UserName user, long files, long bytes, long values, long unfinished, long unfinishedBytes) {}

    /** Looks into the store whose folder this is. */
    public static StoreStatistics of(Disk disk, Path root) throws IOException {
        StorePaths paths = new StorePaths(root);
        new StoreFormat(disk, paths).requireStore();
        Map<UserName, List<JournalHeader>> uploads = unfinished(disk, paths);
        List<OfUser> users = new ArrayList<>();
        for (UserHomes.Home home : UserHomes.in(disk, paths.users()).all()) {
            users.add(ofUser(disk, home, uploads.getOrDefault(home.user(), List.of())));
            uploads.remove(home.user());
        }
        uploads.forEach((user, headers) -> users.add(new OfUser(user, 0, 0, 0, headers.size(), bytesOf(headers))));
        int quarantined = disk.kind(paths.quarantine()) == PathKind.FOLDER
                ? disk.list(paths.quarantine()).size()
                : 0;
        return new StoreStatistics(users, quarantined, disk.freeBytes(root));
    }

    private static Map<UserName, List<JournalHeader>> unfinished(Disk disk, StorePaths paths) throws IOException {
        JournalRecovery journals = new JournalRecovery(disk, paths.uploads(), paths.quarantine());
        Folders folders = new Folders(disk, paths.root());
        Map<UserName, List<JournalHeader>> found = new HashMap<>();
        for (UploadFolder upload : new UploadFolders(disk, paths.uploads(), new Leftovers(disk, folders)).found()) {
            Optional<JournalHeader> header = journals.header(upload.id());
            header.ifPresent(h -> found.computeIfAbsent(h.target().user(), user -> new ArrayList<>())
                    .add(h));
        }
        return found;
    }

    private static OfUser ofUser(Disk disk, UserHomes.Home home, List<JournalHeader> uploads) throws IOException {
        var entries = CatalogueReading.of(disk, home.paths()).entries().values();
        long[] values = {0};
        FolderWalk.walk(disk, home.paths().data(), (path, kind) -> values[0] += kind == PathKind.FILE ? 1 : 0);
        return new OfUser(
                home.user(),
                entries.size(),
                entries.stream().mapToLong(entry -> entry.file().size()).sum(),
                values[0],
                uploads.size(),
                bytesOf(uploads));
    }

    private static long bytesOf(List<JournalHeader> uploads) {
        return uploads.stream().mapToLong(header -> header.plan().size()).sum();
    }
}
