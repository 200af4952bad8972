package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.PathKind;
import java.io.IOException;
import java.nio.file.Path;

/** Visits whatever lies below a folder. */
final class FolderWalk {
    private FolderWalk() {}

    /** Visits everything, a folder before what lies in it; nothing if there is no such folder. Links are not followed. */
    static void walk(Disk disk, Path folder, Visitor visitor) throws IOException {
        if (disk.kind(folder) != PathKind.FOLDER) {
            return;
        }
        for (String name : disk.list(folder).stream().sorted().toList()) {
            Path path = folder.resolve(name);
            PathKind kind = disk.kind(path);
            visitor.visit(path, kind);
            if (kind == PathKind.FOLDER) {
                walk(disk, path, visitor);
            }
        }
    }

    /** Looks at what lies somewhere. */
    interface Visitor {
        void visit(Path path, PathKind kind) throws IOException;
    }
}
