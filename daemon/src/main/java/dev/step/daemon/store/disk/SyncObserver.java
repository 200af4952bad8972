package dev.step.daemon.store.disk;

import java.io.IOException;

/** Is told of every sync of a store, on the thread that asked for it. Safe for any number of threads. */
public interface SyncObserver {
    /** Looks away. */
    SyncObserver NONE = new SyncObserver() {
        @Override
        public void synced(SyncKind kind, long nanos) {}

        @Override
        public void failed(SyncKind kind, IOException failure) {}
    };

    /** A sync was done, and took so long. */
    void synced(SyncKind kind, long nanos);

    /** A sync has failed: nobody knows which bytes are on the disk. */
    void failed(SyncKind kind, IOException failure);
}
