package dev.step.daemon.store.disk;

import java.io.IOException;
import java.util.List;

/** Is told of every sync of a store, on the thread that asked for it. Safe for any number of threads. */
public interface SyncObserver {
    /** Looks away. */
    SyncObserver NONE = new SyncObserver() {
        @Override
        public void synced(SyncKind kind, long nanos) {}

        @Override
        public void failed(SyncKind kind, IOException failure) {}
    };

    /** Tells all of these. */
    static SyncObserver all(List<SyncObserver> observers) {
        List<SyncObserver> fixed = List.copyOf(observers);
        return new SyncObserver() {
            @Override
            public void synced(SyncKind kind, long nanos) {
                fixed.forEach(observer -> observer.synced(kind, nanos));
            }

            @Override
            public void failed(SyncKind kind, IOException failure) {
                fixed.forEach(observer -> observer.failed(kind, failure));
            }
        };
    }

    /** A sync was done, and took so long. */
    void synced(SyncKind kind, long nanos);

    /** A sync has failed: nobody knows which bytes are on the disk. */
    void failed(SyncKind kind, IOException failure);
}
