package dev.step.daemon.place;

import java.io.IOException;

/** Knows places of one kind. A module brings its own as a service, see {@link java.util.ServiceLoader}. */
public interface StoreProvider {
    /** What addresses of its places begin with, before {@code ://}. */
    String scheme();

    /**
     * The place with this address, of this scheme. Asks nobody yet whether it can be reached.
     *
     * @throws IOException in words for the admin, when the address is none
     */
    StorePlace place(StoreAddress address) throws IOException;
}
