package dev.step.daemon.store.disk;

import java.util.concurrent.Executor;

/**
 * What hashing needs while blocks arrive, and all uploads of a store share.
 *
 * @param threads run it
 * @param memory keeps blocks until they are hashed
 */
record Hashing(Executor threads, BlockMemory memory) {}
