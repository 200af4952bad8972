package dev.step.shell.bench;

import dev.step.shell.bench.BenchPlan.Turn;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Carries out a plan. However it ends, nothing is left of it: neither here nor on the server. */
public final class BenchRun {
    /** A turn costs something even if nothing moves. */
    private static final long TURN_BYTES = 1 << 20;

    private final Session session;
    private final BenchPlan plan;
    private final BenchListener listener;
    private final Path temporary;
    private final ServerKeys keys = new ServerKeys();

    /**
     * Does nothing yet.
     *
     * @param temporary where the files that are sent and fetched may lie meanwhile
     */
    public BenchRun(Session session, BenchPlan plan, BenchListener listener, Path temporary) {
        this.session = session;
        this.temporary = temporary;
        this.plan = plan;
        this.listener = listener;
    }

    /** All that was measured, in the order in which it was. */
    public List<Sample> run() throws ClientException {
        try (Workspace workspace = Workspace.make(plan, session, temporary)) {
            return measureAndTidy(workspace);
        }
    }

    private List<Sample> measureAndTidy(Workspace workspace) throws ClientException {
        try (CaseRunner runner = new CaseRunner(session, workspace, keys)) {
            List<Sample> samples = measure(runner);
            keys.removeAll(session);
            return samples;
        } catch (ClientException e) {
            throw tidyAfter(e);
        }
    }

    private List<Sample> measure(CaseRunner runner) throws ClientException {
        List<Sample> samples = new ArrayList<>();
        List<Turn> turns = plan.turns();
        long all = turns.stream().mapToLong(BenchRun::weight).sum();
        long done = 0;
        for (Turn turn : turns) {
            session.checkCancelled();
            listener.begin(turn);
            List<Long> nanos = runner.run(turn.what());
            for (int i = 0; i < nanos.size() && !turn.isWarmUp(); i++) {
                Sample sample = new Sample(turn.what(), turn.round(), i, nanos.get(i));
                samples.add(sample);
                listener.measured(sample);
            }
            done += weight(turn);
            listener.done((double) done / all);
        }
        return samples;
    }

    /** How long it takes, roughly and beside the others. */
    private static long weight(Turn turn) {
        return turn.what().bytes() + TURN_BYTES;
    }

    /** What failed is what the user hears of, and with it what could not be removed. */
    private ClientException tidyAfter(ClientException failure) {
        if (keys.isEmpty()) {
            return failure;
        }
        session.resume(); // what was cancelled is the measurement
        try (Session tidying = session.another()) {
            keys.removeAll(tidying);
            return failure;
        } catch (ClientException e) {
            List<String> left = keys.texts();
            return new ClientException(
                    failure.problem(),
                    failure.getMessage() + "; not removed from the server (" + e.getMessage() + "): rm -f "
                            + String.join(" ", left));
        }
    }
}
