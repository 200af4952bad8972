package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import java.io.IOException;

/** Makes a store of one version one of the next. */
@FunctionalInterface
interface StoreUpgrade {
    /**
     * Upgrades; what it has done is durable when it returns. May have been cut short before, by a crash, and then finds what
     * it has left.
     */
    void run(Disk disk, StorePaths paths) throws IOException;
}
