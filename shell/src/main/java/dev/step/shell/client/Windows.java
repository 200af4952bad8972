package dev.step.shell.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/** The windows of one file's connections, and how many blocks may be in memory for all of them. For several threads. */
final class Windows {
    /** What is read from, or written to, the disk meanwhile. */
    private static final int BLOCKS_ASIDE = 3;

    /**
     * How many blocks more are hashed ahead of what is sent: nothing of them is kept in memory, and with some in hand neither
     * hashing nor sending waits for the other while threads share a processor.
     */
    private static final int HASHED_AHEAD = 12;

    /** A further connection begins with less, and gets more when it turns out to be fast: each has but a part of the line. */
    private static final int PART_OF_FURTHER_ONES = 4;

    private final int totalBlocks;
    private final int least;
    private final int most;
    private final IntFunction<Window> maker;
    private final List<Window> open = new CopyOnWriteArrayList<>();

    /**
     * Has none yet.
     *
     * @param totalBlocks of the file, 1 or more
     * @param least what one window begins with, in blocks
     * @param most what all windows may come to, in blocks
     * @param maker makes a window for one more connection, that begins with so many blocks
     */
    Windows(int totalBlocks, int least, int most, IntFunction<Window> maker) {
        this.totalBlocks = totalBlocks;
        this.least = least;
        this.most = Math.max(least, most);
        this.maker = maker;
    }

    /** The window of a further connection. */
    Window open() {
        int first = open.isEmpty() ? least : Math.min(least, Math.max(2, least / PART_OF_FURTHER_ONES));
        Window window = maker.apply(first);
        open.add(window);
        return window;
    }

    /**
     * How many blocks behind the first one that has not arrived may be asked for. With several connections, one of which is
     * slow for a moment, the others go on as long as there is memory.
     */
    int ahead() {
        return open.size() > 1 ? most : sum();
    }

    /** How many blocks may have been read and hashed now that are not confirmed. */
    int readAhead() {
        return bounded(Math.max(least, sum()) + HASHED_AHEAD);
    }

    /** How many buffers there may be now for blocks that arrive; on one connection, none arrives before its turn. */
    int buffersToFetch() {
        return bounded((open.size() > 1 ? most : least) + BLOCKS_ASIDE);
    }

    private int sum() {
        return Math.min(most, open.stream().mapToInt(Window::size).sum());
    }

    private int bounded(int buffers) {
        return Math.max(1, Math.min(totalBlocks, buffers));
    }
}
