package dev.step.daemon;

import java.util.Random;

/** Where a random test starts: elsewhere each time, printed, and the same again with {@code -Dstep.seed=N}. */
public final class Seed {
    private Seed() {}

    public static Random random() {
        return new Random(number());
    }

    /** The same for a test that numbers its runs from there on. */
    public static long number() {
        long seed = Long.getLong("step.seed", new Random().nextLong());
        System.out.println("step.seed=" + seed);
        return seed;
    }
}
