package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.step.testing.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small file system of its own. Only root can mount one; others skip the test. */
final class MountedDisk implements AutoCloseable {
    /** Shuts an ext4 down as a power cut does, what is not written yet being lost: EXT4_IOC_SHUTDOWN, NOLOGFLUSH. */
    private static final String CUT_POWER =
            "open(F, '<', $ARGV[0]) or die $!; my $how = pack('L', 2); ioctl(F, 0x8004587D, $how) or die $!";

    private final List<String> mount;
    private final Path folder;

    private MountedDisk(Path folder, String... options) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.mount = new ArrayList<>(List.of("mount"));
        mount.addAll(List.of(options));
        mount.add(folder.toString());
        String failure = run(mount);
        if (!failure.isEmpty()) {
            abort("needs to mount a file system: " + failure.strip());
        }
    }

    /** A file system in memory. */
    static MountedDisk tmpfs(Path folder, String size) throws IOException, InterruptedException {
        Requires.root();
        return new MountedDisk(folder, "-t", "tmpfs", "-o", "size=" + size, "none");
    }

    /** An ext4 of 64 MiB in a file. */
    static MountedDisk ext4(Path folder) throws IOException, InterruptedException {
        Requires.root();
        Path make = Requires.program("mkfs.ext4", "e2fsprogs");
        Requires.program("perl", "perl-base");
        Path image = folder.resolveSibling(folder.getFileName() + ".image");
        assertEquals("", run(List.of(make.toString(), "-q", image.toString(), "64M")));
        return new MountedDisk(folder, "-o", "loop", image.toString());
    }

    /** Copies all of an ext4 at one moment, as a volume manager's snapshot does, and mounts the copy. */
    MountedDisk snapshot(Path copy) throws IOException, InterruptedException {
        Path freeze = Requires.program("fsfreeze", "util-linux");
        Path image = copy.resolveSibling(copy.getFileName() + ".image");
        assertEquals("", run(List.of(freeze.toString(), "-f", folder.toString())));
        try {
            Files.copy(folder.resolveSibling(folder.getFileName() + ".image"), image);
        } finally {
            assertEquals("", run(List.of(freeze.toString(), "-u", folder.toString())));
        }
        return new MountedDisk(copy, "-o", "loop", image.toString());
    }

    Path folder() {
        return folder;
    }

    /** Nothing can be written any more, nor read that is not in memory, until it is mounted again. */
    void cutPower() throws IOException, InterruptedException {
        String failure = run(List.of("perl", "-e", CUT_POWER, folder.toString()));
        if (!failure.isEmpty()) {
            abort("needs ext4's shutdown ioctl: " + failure.strip());
        }
    }

    /** Mounts it again; nobody may use it. */
    void remount() throws IOException, InterruptedException {
        assertEquals("", run(List.of("umount", folder.toString())));
        assertEquals("", run(mount));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run(List.of("umount", folder.toString()));
    }

    /** What a program says that fails; empty when it does not. */
    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : command + ": " + output;
    }
}
