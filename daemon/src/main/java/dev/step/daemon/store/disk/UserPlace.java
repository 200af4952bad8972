package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;

/** Where one user's things lie, and what is needed to change them. */
record UserPlace(Disk disk, UserPaths paths, Folders folders, Leftovers leftovers, UploadFolders uploadFolders) {}
