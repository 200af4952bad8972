package dev.step.daemon.store;

import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.util.Optional;

/**
 * What becomes of a block that a store has taken. Known at once, or later: a store may keep blocks that come one after the other
 * until they are worth storing together. For one thread.
 */
public interface Receipt {
    /** Whether it is known whether the block is stored, so that {@link #get} need not wait for that. */
    boolean isKnown();

    /**
     * Waits until the block is stored; the store then waits for no further ones. Whoever has taken a receipt calls this, also
     * when nobody is there any more to be told.
     *
     * @return the file, if this block completed it: of blocks that were stored together, the last one has
     * @throws RefusedException as {@link Upload#take}
     */
    Optional<StoredFile> get() throws IOException, RefusedException;

    /** Of a block that is stored already. */
    static Receipt of(Optional<StoredFile> completed) {
        return new Receipt() {
            @Override
            public boolean isKnown() {
                return true;
            }

            @Override
            public Optional<StoredFile> get() {
                return completed;
            }
        };
    }
}
