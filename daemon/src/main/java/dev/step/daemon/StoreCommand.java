package dev.step.daemon;

import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.journal.ShownText;
import dev.step.daemon.place.StorePlace;
import dev.step.daemon.store.StoreInUseException;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.daemon.store.disk.LegacyImport;
import dev.step.daemon.store.disk.StoreCheck;
import dev.step.daemon.store.disk.StoreExport;
import dev.step.daemon.store.disk.StoreImport;
import dev.step.daemon.store.disk.StoreStatistics;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code step-server store}: what an admin does with a store as a whole. */
@Command(name = "store", description = "Checks, measures and moves a store.", mixinStandardHelpOptions = true)
final class StoreCommand {
    private static final int GOOD = 0;
    private static final int BAD = 1;
    private static final String STANDARD = "-";
    private static final int BUFFER_BYTES = 256 << 10;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "check",
            description = {
                "Finds all that is damaged, missing or strange.",
                "Reads every file and compares it with its digest, the catalogues with what lies on the disk, the"
                        + " journals with the blocks, owners and rights with what they should be. A line for each fault;"
                        + " exit status 1 if any is left. The server has to be stopped."
            },
            mixinStandardHelpOptions = true)
    int check(
            @Mixin StoreOption store,
            @Option(
                            names = "--repair",
                            description = "Make the store usable again. What is damaged goes into its folder "
                                    + "\"quarantine\"; nothing is deleted.")
                    boolean repair)
            throws IOException {
        ServerLog.configure();
        PrintWriter out = out();
        return withStopped(() -> StoreCheck.run(new RealDisk(), store.folder(), repair, out::println));
    }

    @Command(
            name = "stats",
            description = "Shows how much each user has. A running server is not disturbed.",
            mixinStandardHelpOptions = true)
    void stats(@Mixin StoreOption store) throws IOException {
        StoreStatistics statistics = StoreStatistics.of(new RealDisk(), store.folder());
        PrintWriter out = out();
        for (StoreStatistics.OfUser user : statistics.users()) {
            out.println("user=" + ShownText.of(user.user().text()) + " files=" + user.files() + " bytes="
                    + user.bytes() + " values=" + user.values() + " unfinished=" + user.unfinished()
                    + " unfinished-bytes=" + user.unfinishedBytes());
        }
        out.println("users=" + statistics.users().size() + " quarantined=" + statistics.quarantined() + " free-bytes="
                + statistics.freeBytes());
        out.flush();
    }

    @Command(
            name = "export",
            description = {
                "Writes all files and values into a tar.",
                "With their digests and times; without accounts and unfinished uploads. Exit status 1 if a file is"
                        + " damaged. The server has to be stopped."
            },
            mixinStandardHelpOptions = true)
    int exportTo(
            @Mixin StoreOption store,
            @Parameters(paramLabel = "FILE", description = "The tar, which is made; - for standard output.")
                    String file)
            throws IOException {
        ServerLog.configure();
        if (file.equals(STANDARD)) {
            PrintWriter err = err(); // standard output is the tar's
            OutputStream tar = new FileOutputStream(FileDescriptor.out); // System.out would hide failures
            return withStopped(() -> StoreExport.run(
                    new RealDisk(), store.folder(), new BufferedOutputStream(tar, BUFFER_BYTES), err::println));
        }
        ExportFile target = new ExportFile(Path.of(file));
        PrintWriter out = out();
        int status = withStopped(() -> StoreExport.run(new RealDisk(), store.folder(), target.open(), out::println));
        target.keep();
        out.flush();
        return status;
    }

    @Command(
            name = "import",
            description = {
                "Takes all files and values of an export into a store.",
                "Compares each file with its digest. What the store has already stays as it is; exit status 1 if any"
                        + " of it differs. After a failure, import again: what has come is passed over. The server has to"
                        + " be stopped."
            },
            mixinStandardHelpOptions = true)
    int importFrom(
            @Mixin StoreOption store,
            @Parameters(paramLabel = "FILE", description = "The tar; - for standard input.") String file)
            throws IOException {
        ServerLog.configure();
        PrintWriter out = out();
        return withStopped(() -> {
            InputStream source = file.equals(STANDARD) ? System.in : Files.newInputStream(Path.of(file));
            try (source;
                    DiskStore target = DiskStore.open(new RealDisk(), store.folder())) {
                return StoreImport.run(target, new BufferedInputStream(source, BUFFER_BYTES), out::println);
            }
        });
    }

    @Command(
            name = "import-legacy",
            description = {
                "Takes over what a reference server keeps.",
                "The complete files in DIR/file, and the values in DIR/data. Nothing in DIR is changed; both servers"
                        + " have to be stopped. After a failure, import again."
            },
            mixinStandardHelpOptions = true)
    int importLegacy(
            @Mixin StoreOption store, @Parameters(paramLabel = "DIR", description = "That server's folder.") Path from)
            throws IOException {
        ServerLog.configure();
        PrintWriter out = out();
        return withStopped(() -> {
            try (DiskStore target = DiskStore.open(new RealDisk(), store.folder())) {
                return LegacyImport.run(new RealDisk(), from, target, out::println);
            }
        });
    }

    @Command(
            name = "copy",
            description = {
                "Copies all files and values into another store.",
                "FROM and TO are places as --store takes them: folders, or s3://BUCKET/PREFIX. Compares each file with its"
                        + " digest; what TO has already stays as it is, and exit status is 1 if any of it differs, or a file"
                        + " of FROM is damaged. After a failure, copy again: what has come is passed over. Accounts and token"
                        + " keys come with them if TO has none; unfinished uploads do not. Nothing in FROM changes. Its servers"
                        + " have to be stopped, and TO's if that is a folder."
            },
            mixinStandardHelpOptions = true)
    int copy(
            @Parameters(paramLabel = "FROM", description = "The store to copy.") String from,
            @Parameters(paramLabel = "TO", description = "The store to copy into, which is made if there is none.")
                    String to,
            @Option(
                            names = "--accounts",
                            paramLabel = "FILE",
                            description = "The file that holds the accounts of FROM. Default: \"accounts\" in FROM.")
                    @Nullable
                    Path accounts,
            @Mixin BucketOptions bucket)
            throws IOException {
        ServerLog.configure();
        try (StorePlace source = StoreOption.place(from, bucket);
                StorePlace target = StoreOption.place(to, bucket)) {
            return withStopped(() -> new CopyWork(source, target, accounts).run(out(), err()));
        }
    }

    /** Does something that no server may disturb; its exit status. */
    private int withStopped(Work work) throws IOException {
        try {
            return work.run() ? GOOD : BAD;
        } catch (StoreInUseException e) {
            throw new IOException(e.getMessage() + "; stop that one first", e);
        } finally {
            out().flush();
        }
    }

    /** Something that succeeds, or does not wholly. */
    private interface Work {
        boolean run() throws IOException;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
