package dev.step.daemon.store.disk;

/** What the space ledger holds for one upload, in bytes. Used under the lock of the upload. */
final class SpacePromise {
    private final SpaceLedger ledger;
    private long bytes;

    /** Of so much that the ledger holds already. */
    SpacePromise(SpaceLedger ledger, long bytes) {
        this.ledger = ledger;
        this.bytes = bytes;
    }

    /** From now on the upload needs so much. */
    void settle(long needed) {
        ledger.adjust(needed - bytes);
        bytes = needed;
    }
}
