package dev.step.daemon;

import java.util.Random;

/** Where a random test starts: elsewhere each time, printed, and the same again with {@code -Dstep.seed=N}. */
public final class Seed {
    private Seed() {}

    public static Random random() {
        long seed = Long.getLong("step.seed", new Random().nextLong());
        System.out.println("step.seed=" + seed);
        return new Random(seed);
    }
}
