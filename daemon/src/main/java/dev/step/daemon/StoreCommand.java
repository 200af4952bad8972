package dev.step.daemon;

import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.journal.ShownText;
import dev.step.daemon.store.StoreInUseException;
import dev.step.daemon.store.disk.StoreCheck;
import dev.step.daemon.store.disk.StoreStatistics;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code step-server store}: what an admin does with a store as a whole. */
@Command(name = "store", description = "Checks and measures a store.", mixinStandardHelpOptions = true)
final class StoreCommand {
    private static final int GOOD = 0;
    private static final int BAD = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "check",
            description = {
                "Reads every file and compares it with its digest, the catalogues with what lies on the disk, the journals",
                "with the blocks, owners and rights with what they should be. A line for each fault; exit status 1 if any",
                "is left. The server has to be stopped."
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
        try {
            return StoreCheck.run(new RealDisk(), store.store(), repair, out::println) ? GOOD : BAD;
        } catch (StoreInUseException e) {
            throw new IOException(e.getMessage() + "; stop its server first, or have the server check it: see the "
                    + "setting \"scrub\"", e);
        } finally {
            out.flush();
        }
    }

    @Command(
            name = "stats",
            description = "Shows how much each user has. A running server is not disturbed.",
            mixinStandardHelpOptions = true)
    void stats(@Mixin StoreOption store) throws IOException {
        StoreStatistics statistics = StoreStatistics.of(new RealDisk(), store.store());
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

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
