package dev.step.daemon;

import dev.step.daemon.auth.Accounts;
import dev.step.daemon.auth.DocumentFile;
import dev.step.daemon.auth.SharedDocument;
import dev.step.daemon.auth.TokenKeys;
import dev.step.daemon.place.StorePlace;
import dev.step.daemon.store.Store;
import dev.step.daemon.store.copy.CopyReport;
import dev.step.daemon.store.copy.StoreCopy;
import dev.step.daemon.store.copy.StoreSource;
import dev.step.daemon.store.disk.StoreSettings;
import dev.step.daemon.store.disk.SyncObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies a store with the accounts and keys that belong to it.
 *
 * @param accounts where the source's accounts are; null: in it
 */
record CopyWork(StorePlace from, StorePlace to, @Nullable Path accounts) {
    /**
     * Copies everything.
     *
     * @param out takes the summary, also of a copy that fails
     * @param err takes what goes wrong, and how far it is
     * @return whether everything is in the target
     */
    boolean run(PrintWriter out, PrintWriter err) throws IOException {
        CopyReport report = new CopyReport(line -> tell(err, line), System::nanoTime);
        try (StoreSource source = from.openSource();
                Store target = to.open(StoreSettings.DEFAULT, SyncObserver.NONE)) {
            try {
                copyDocument(
                        accounts == null ? from.document(Accounts.NAME) : new DocumentFile(accounts), Accounts.NAME);
                copyDocument(from.document(TokenKeys.NAME), TokenKeys.NAME);
                new StoreCopy(source, target, report).run();
            } finally {
                out.println(report.summary());
            }
        }
        return report.isGood();
    }

    private static void tell(PrintWriter err, String line) {
        err.println(line);
        err.flush();
    }

    /** Only where none is: keys in use are worth more than those of a store that is given up. */
    private void copyDocument(SharedDocument document, String name) throws IOException {
        Optional<byte[]> text = document.read();
        if (text.isPresent()) {
            to.document(name).edit(before -> before.isPresent() ? Optional.empty() : text);
        }
    }
}
