package dev.step.daemon.place;

import dev.step.daemon.auth.SharedDocument;
import dev.step.daemon.store.ServedStore;
import dev.step.daemon.store.StoreInUseException;
import dev.step.daemon.store.copy.StoreSource;
import dev.step.daemon.store.disk.StoreSettings;
import dev.step.daemon.store.disk.SyncObserver;
import java.io.Closeable;
import java.io.IOException;

/** Where a store lies. It is not looked at before something in it is asked for. */
public interface StorePlace extends Closeable {
    /**
     * Opens the store; where none is, one is made. Whoever closes the store has closed the place, too.
     *
     * @param settings those that mean something only on a disk are passed over elsewhere
     * @param syncs is told of every sync of a disk
     * @throws IOException in words for the admin
     */
    ServedStore open(StoreSettings settings, SyncObserver syncs) throws IOException;

    /**
     * Opens the store to read it only, and never makes one. Whoever closes the source has closed the place, too.
     *
     * @throws StoreInUseException when a server has it, and that can be known
     * @throws IOException in words for the admin, also when no store is there
     */
    StoreSource openSource() throws IOException;

    /** The document of this name that belongs to the store, whether it exists or not. */
    SharedDocument document(String name);

    /** Makes what has to be there before a document can be written. */
    void prepare() throws IOException;

    /** Refuses a place where no store can be, in words for the admin. */
    void check() throws IOException;

    /** Ends what this place has begun. Closing it twice does nothing. */
    @Override
    void close();
}
