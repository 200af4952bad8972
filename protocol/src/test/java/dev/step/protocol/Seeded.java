package dev.step.protocol;

import java.util.Random;

/** Randomness that can be had again: the seed is printed, and {@code -Dstep.seed=N} chooses it. */
public final class Seeded {
    private Seeded() {}

    /** A fresh generator for one test. */
    public static Random random() {
        long seed = Long.getLong("step.seed", System.nanoTime());
        System.out.println("step.seed=" + seed);
        return new Random(seed);
    }
}
