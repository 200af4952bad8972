package dev.step.shell.bench;

import dev.step.shell.bench.BenchPlan.Turn;

/** Is told how a run goes on, from its own thread. */
public interface BenchListener {
    /** A case has its turn. */
    void begin(Turn turn);

    /** It has been measured once more. */
    void measured(Sample sample);

    /** So much of it all is done, from 0 to 1. */
    void done(double share);
}
