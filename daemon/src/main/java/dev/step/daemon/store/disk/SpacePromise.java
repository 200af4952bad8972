package dev.step.daemon.store.disk;

/** What the space ledger holds for one upload, in bytes. Changed under the lock of the upload. */
final class SpacePromise {
    private final SpaceLedger ledger;
    private volatile long bytes;

    /** Of so much that the ledger holds already. */
    SpacePromise(SpaceLedger ledger, long bytes) {
        this.ledger = ledger;
        this.bytes = bytes;
    }

    /** How much the upload still needs, at most. Callable by anyone. */
    long needed() {
        return bytes;
    }

    /** From now on the upload needs so much. */
    void settle(long needed) {
        ledger.adjust(needed - bytes);
        bytes = needed;
    }
}
