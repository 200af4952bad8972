package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.PathKind;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folders of a store's users, found on the disk.
 *
 * @param all in the order of their paths
 * @param others what lies among them and is none, nor leads to one
 */
record UserHomes(List<Home> all, List<Path> others) {
    /** One user's folder. */
    record Home(UserName user, UserPaths paths) {}

    static UserHomes in(Disk disk, Path users) throws IOException {
        UserHomes homes = new UserHomes(new ArrayList<>(), new ArrayList<>());
        if (disk.kind(users) == PathKind.FOLDER) {
            homes.collect(disk, users, users);
        }
        return homes;
    }

    private void collect(Disk disk, Path users, Path folder) throws IOException {
        for (String name : disk.list(folder).stream().sorted().toList()) {
            Path path = folder.resolve(name);
            Optional<UserName> user = EscapedPath.user(users.relativize(path));
            if (disk.kind(path) != PathKind.FOLDER) {
                others.add(path);
            } else if (EscapedPath.isBegunName(name)) {
                collect(disk, users, path);
            } else if (user.isPresent()) {
                all.add(new Home(user.get(), new UserPaths(path)));
            } else {
                others.add(path);
            }
        }
    }
}
