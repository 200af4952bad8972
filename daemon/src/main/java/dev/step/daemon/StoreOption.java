package dev.step.daemon;

import dev.step.daemon.auth.Accounts;
import dev.step.daemon.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store a command is about, and where its accounts are. */
final class StoreOption {
    @Option(
            names = "--store",
            paramLabel = "DIR",
            required = true,
            description = "The folder that holds users' files; made when it does not exist.")
    private Path store = Path.of("");

    @Option(
            names = "--accounts",
            paramLabel = "FILE",
            description = "The file that holds the accounts. Default: \"accounts\" in the store's folder.")
    private @Nullable Path accounts;

    Path store() {
        return store.toAbsolutePath().normalize();
    }

    /** Refuses what is there and no folder. */
    void checkFolder() throws IOException {
        if (Files.exists(store()) && !Files.isDirectory(store())) {
            throw new IOException(store() + " is not a folder");
        }
    }

    /** Makes the folder if it is missing. */
    void makeFolder() throws IOException {
        if (!Files.exists(store())) {
            new RealDisk().openHome(store());
        }
    }

    Accounts accounts() {
        return new Accounts(accounts == null ? Accounts.ofStore(store()) : accounts);
    }
}
