package dev.step.shell.client;

import java.util.concurrent.BlockingQueue;

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

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("a transfer's thread was interrupted", e);
        }
    }
}
