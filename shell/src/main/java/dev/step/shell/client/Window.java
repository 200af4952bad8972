package dev.step.shell.client;

/**
 * How many blocks of a transfer may be on their way at once: for one thread, though others may ask for its size. Follows the
 * line: twice as many as it holds at the rate at which they are confirmed, so that none of them is waited for while the line
 * is free. Never fewer than before.
 */
final class Window {
    /** One time as much on the line, and another one in the queues at both ends of it. */
    private static final int TIMES_THE_LINE = 2;

    private final int blockSize;
    private final int most;
    private final long delayNanos;
    private volatile int size;
    private long roundStartNanos = System.nanoTime();
    private long confirmedInRound;

    /**
     * Begins with the least.
     *
     * @param blockSize in bytes
     * @param least in blocks
     * @param most in blocks, no fewer than the least
     * @param delayNanos how long the line takes for a request and its answer
     */
    Window(int blockSize, int least, int most, long delayNanos) {
        this.blockSize = blockSize;
        this.size = least;
        this.most = most;
        this.delayNanos = delayNanos;
    }

    /** In blocks. */
    int size() {
        return size;
    }

    /** So many bytes were confirmed now. */
    void confirmed(int bytes) {
        confirmedInRound += bytes;
        long nanos = System.nanoTime() - roundStartNanos;
        if (size == most || nanos < delayNanos) {
            return;
        }
        double onTheLine = (double) confirmedInRound * delayNanos / nanos / blockSize;
        size = (int) Math.max(size, Math.min(most, Math.ceil(TIMES_THE_LINE * onTheLine)));
        roundStartNanos += nanos;
        confirmedInRound = 0;
    }
}
