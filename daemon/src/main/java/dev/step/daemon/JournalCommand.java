package dev.step.daemon;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.journal.JournalInspector;
import dev.step.daemon.journal.UploadId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code step-server journal}: looks into a store's uploads without changing anything, whether a server runs or not. */
@Command(
        name = "journal",
        description = "Looks into the journals of a store's uploads; never changes anything.",
        mixinStandardHelpOptions = true)
final class JournalCommand {
    private static final int GOOD = 0;
    private static final int BAD = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Disk disk = new RealDisk();

    @Command(
            name = "ls",
            description = "Lists the uploads that are not finished, or in quarantine.",
            mixinStandardHelpOptions = true)
    int list(@Parameters(paramLabel = "DIR", description = "The store's folder.") Path folder) throws IOException {
        inspector(folder).list(out()::println);
        return GOOD;
    }

    @Command(name = "show", description = "Shows an upload's header and every record.", mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "DIR", description = "The store's folder.") Path folder,
            @Parameters(paramLabel = "ID", description = "The upload, as ls names it.") String id)
            throws IOException {
        JournalInspector inspector = inspector(folder);
        UploadId upload = UploadId.parse(id).orElseThrow(() -> new IOException("Not an upload's id: " + id));
        try {
            inspector.show(upload, out()::println);
        } catch (NoSuchFileException e) {
            throw new IOException("No journal of upload " + id + " in " + folder, e);
        }
        return GOOD;
    }

    @Command(
            name = "check",
            description =
                    "Verifies every journal, and every block received against the data. Exit status 1 if anything "
                            + "is damaged.",
            mixinStandardHelpOptions = true)
    int check(@Parameters(paramLabel = "DIR", description = "The store's folder.") Path folder) throws IOException {
        return inspector(folder).check(out()::println) ? GOOD : BAD;
    }

    private JournalInspector inspector(Path folder) throws IOException {
        if (disk.kind(folder.resolve("uploads")) != PathKind.FOLDER) {
            throw new IOException(folder + " is not a store: it has no folder \"uploads\"");
        }
        if (isInUse(folder.resolve("lock"))) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "The store is in use: uploads that are going on may look torn, or different from their data.");
        }
        return new JournalInspector(disk, folder, InstantSource.system());
    }

    /**
     * Tries a shared lock, which needs no right to write and makes no file. Not to be called in a server's own process,
     * whose lock would be gone when this file is closed.
     */
    private static boolean isInUse(Path lock) throws IOException {
        if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS) || !Files.isReadable(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ);
                FileLock held = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return held == null;
        } catch (OverlappingFileLockException e) {
            return true; // by this very process
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
