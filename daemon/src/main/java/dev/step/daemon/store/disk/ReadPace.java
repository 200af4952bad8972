package dev.step.daemon.store.disk;

import java.io.InterruptedIOException;

/** How fast a file is read that nobody waits for. */
interface ReadPace {
    /** As fast as the disk is. */
    ReadPace FULL = bytes -> {};

    /**
     * So much was read; returns when it is time for more.
     *
     * @throws InterruptedIOException when nothing is to be read any more
     */
    void read(int bytes) throws InterruptedIOException;
}
