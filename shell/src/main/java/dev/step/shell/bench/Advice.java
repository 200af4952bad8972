package dev.step.shell.bench;

import dev.step.protocol.Feature;
import dev.step.protocol.Limits;
import dev.step.shell.client.TransferOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the measurements say about how files should be moved over this link. */
public final class Advice {
    /** What makes more connections worth their threads, and their places on the server. */
    private static final double CLEARLY_FASTER = 1.1;

    /** How near to the best a block size has to bring a single connection that waits for every answer. */
    private static final double NEAR_THE_BEST = 0.9;

    /** Smaller files say more about round trips and disks than about rates, in bytes. */
    private static final long SMALLEST_FOR_RATE = 1 << 20;

    private static final double BYTES_IN_MEGABYTE = 1e6;

    private final List<Result> results;
    private final MeasuredServer server;
    private final List<String> sentences = new ArrayList<>();

    private Advice(BenchRecord run) {
        this.results = run.results();
        this.server = run.circumstances().server();
    }

    /** One sentence or two each. */
    public static List<String> of(BenchRecord run) {
        Advice advice = new Advice(run);
        advice.aboutConnections();
        advice.aboutBlockSize();
        advice.aboutSync();
        return List.copyOf(advice.sentences);
    }

    private void aboutConnections() {
        List<Result> steps = results.stream()
                .filter(result -> result.what().figure() == Figure.CONNECTIONS
                        && result.what().action() == Action.PUT)
                .sorted(Comparator.comparingInt(result -> result.what().connections()))
                .toList();
        if (steps.size() < 2 || steps.get(0).what().connections() != 1) {
            return;
        }
        int chosen = 0;
        while (chosen + 1 < steps.size() && gain(steps, chosen) >= CLEARLY_FASTER) {
            chosen++;
        }
        String reason = chosen + 1 < steps.size()
                ? "%d moved %s times as much as %d, and less than %.1f times is not worth it"
                        .formatted(
                                connections(steps, chosen + 1),
                                Measure.digits(gain(steps, chosen)),
                                connections(steps, chosen),
                                CLEARLY_FASTER)
                : "each step up to there made it at least 1.1 times as fast";
        sentences.add("Over the core protocol, --connections " + connections(steps, chosen) + " is best here ("
                + Measure.rate(steps.get(chosen).medianRate()) + "): " + reason + ".");
        if (offersPipeline()) {
            sentences.add("To this server put needs no --connections: it sends requests ahead of the answers"
                    + pipelined().orElse("") + ", and takes several connections by itself where the line is long.");
        }
    }

    private Optional<String> pipelined() {
        return results.stream()
                .filter(result ->
                        result.what().figure() == Figure.SIZES && result.what().action() == Action.PUT)
                .max(Comparator.comparingLong(result -> result.what().payload().size()))
                .map(result -> ", which moved "
                        + ByteSize.of(result.what().payload().size()) + " with " + Measure.rate(result.medianRate()));
    }

    private static double gain(List<Result> steps, int from) {
        return steps.get(from + 1).medianRate() / steps.get(from).medianRate();
    }

    private static int connections(List<Result> steps, int index) {
        return steps.get(index).what().connections();
    }

    /** The bandwidth-delay product: what has to be under way so that nobody waits. */
    private void aboutBlockSize() {
        OptionalDouble roundTrip = latency(Action.ASK);
        OptionalDouble best = results.stream()
                .filter(result -> result.what().action().movesFiles()
                        && result.what().payload().size() >= SMALLEST_FOR_RATE)
                .mapToDouble(Result::medianRate)
                .max();
        if (roundTrip.isEmpty() || best.isEmpty()) {
            return;
        }
        double underWay = best.getAsDouble() * BYTES_IN_MEGABYTE * roundTrip.getAsDouble();
        double usual = Limits.DEFAULT_BLOCK_BYTES / roundTrip.getAsDouble() / BYTES_IN_MEGABYTE;
        double wanted = underWay * NEAR_THE_BEST / (1 - NEAR_THE_BEST);
        sentences.add("A round trip takes " + Measure.time(roundTrip.getAsDouble()) + ", so at the best rate measured, "
                + Measure.rate(best.getAsDouble()) + ", " + kibibytes(underWay) + " are under way at any time. One"
                + " connection that waits for each answer before the next block of 20 KiB gets at most "
                + Measure.rate(usual) + "; with blocks of " + kibibytes(wanted)
                + " it would come within a tenth of the best rate.");
        if (offersPipeline()) {
            sentences.add("The shell sends this server " + (TransferOptions.FIRST_AHEAD_BYTES >> 20)
                    + " MiB ahead of the answers, and where the line holds more than half of that,"
                    + " twice what it holds, up to " + (TransferOptions.MOST_AHEAD_BYTES >> 20) + " MiB: "
                    + (underWay <= TransferOptions.MOST_AHEAD_BYTES / 2
                            ? "that is enough here, and the block sizes it asks for (256 KiB, 1 MiB from 64 MiB on)"
                                    + " need no change."
                            : "more than that is under way here; larger blocks would not help, another connection"
                                    + " would."));
        }
    }

    private void aboutSync() {
        OptionalDouble ask = latency(Action.ASK);
        OptionalDouble save = latency(Action.SAVE);
        if (ask.isPresent() && save.isPresent()) {
            double sync = save.getAsDouble() - ask.getAsDouble();
            sentences.add("Keeping a small value takes " + Measure.time(save.getAsDouble()) + ", fetching it "
                    + Measure.time(ask.getAsDouble()) + ": writing it, and syncing if the server does, costs about "
                    + (sync > 0 ? Measure.time(sync) : "nothing") + ".");
        }
    }

    private OptionalDouble latency(Action action) {
        return results.stream()
                .filter(result -> result.what().figure() == Figure.LATENCY
                        && result.what().action() == action)
                .mapToDouble(result -> result.seconds().median())
                .findFirst();
    }

    private boolean offersPipeline() {
        return server.features().contains(Feature.PIPELINE.wireName());
    }

    private static String kibibytes(double bytes) {
        return Math.max(1, Math.round(bytes / (1 << 10))) + " KiB";
    }
}
