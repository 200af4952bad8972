package dev.step.shell;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets what is running end in order when the process is told to end, by Ctrl-C for example: files that are half written
 * go away, the embedded server closes. The system's own exit status for such an end, 130 after Ctrl-C, stays.
 */
final class OrderlyEnd implements AutoCloseable {
    private static final long WAIT_SECONDS = 5;

    private final CountDownLatch ended = new CountDownLatch(1);

    /** From now on until it is closed, the end of the process means this. */
    OrderlyEnd(Runnable cancel) {
        Thread hook = new Thread(
                () -> {
                    cancel.run();
                    awaitEnd();
                },
                "orderly-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void awaitEnd() {
        try {
            boolean unused = ended.await(WAIT_SECONDS, TimeUnit.SECONDS); // what cannot be cancelled is left behind
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the end", e);
        }
    }

    /** Everything has ended. */
    @Override
    public void close() {
        ended.countDown();
    }
}
