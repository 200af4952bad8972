package dev.step.shell.client;

import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;

/** Waiting for another thread that is known to go on. Nobody interrupts the client's threads: that is our own bug. */
final class Queues {
    private Queues() {}

    static <T> T take(BlockingQueue<T> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException("a transfer's thread was interrupted", e);
        }
    }

    /** Waits until something is true of an object, which the caller has locked, and whose changes others notify of. */
    static void await(Object changing, BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean()) {
                changing.wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("a transfer's thread was interrupted", e);
        }
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("a transfer's thread was interrupted", e);
        }
    }
}
