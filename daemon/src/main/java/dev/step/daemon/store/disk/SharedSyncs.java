package dev.step.daemon.store.disk;

import dev.step.daemon.disk.DiskFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Syncs several files: one after the other as long as that is quick, the rest at the same time, so that a file system with
 * a journal writes it once for many of them.
 */
final class SharedSyncs {
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Executor threads;

    SharedSyncs(Executor threads) {
        this.threads = threads;
    }

    /** Syncs all of them; says for each what it has failed with, null if it is durable. */
    List<@Nullable IOException> sync(List<DiskFile> files) {
        List<@Nullable IOException> failures = new ArrayList<>(Collections.nCopies(files.size(), null));
        int done = 0;
        boolean quick = true;
        while (quick && done < files.size()) {
            long start = System.nanoTime();
            failures.set(done, failureOf(files.get(done)));
            done++;
            quick = System.nanoTime() - start < QUICK_NANOS;
        }
        List<CompletableFuture<@Nullable IOException>> others = files.subList(done, files.size()).stream()
                .map(file -> CompletableFuture.supplyAsync(() -> failureOf(file), threads))
                .toList();
        for (CompletableFuture<@Nullable IOException> other : others) {
            failures.set(done++, other.join());
        }
        return failures;
    }

    private static @Nullable IOException failureOf(DiskFile file) {
        try {
            file.sync();
            return null;
        } catch (IOException e) {
            return e;
        }
    }
}
