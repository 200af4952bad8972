package dev.step.shell.command;

import dev.step.shell.client.Transfer;
import dev.step.shell.progress.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The line that a transfer leaves: {@code name  size  time  rate  DIGEST ok}.
 *
 * @param verb what was done
 */
record TransferLine(FilePair pair, Transfer transfer, String verb) implements Output.Result {
    private static final double MICROS_IN_SECOND = 1e6;

    @Override
    public String text() {
        return pair.key() + "  " + Quantity.size(transfer.size()) + "  " + how() + "  ";
    }

    private String how() {
        return transfer.alreadyThere()
                ? "already there"
                : Quantity.time(transfer.time()) + "  " + Quantity.rate(transfer.moved(), transfer.time())
                        + (transfer.connections() > 1 ? "  " + transfer.connections() + " connections" : "");
    }

    @Override
    public String wellWords() {
        return transfer.digest().algorithm() + " ok";
    }

    @Override
    public Facts facts() {
        return pair.facts()
                .and("size", transfer.size())
                .and("seconds", seconds(transfer.time()))
                .and("connections", transfer.connections())
                .and(transfer.digest())
                .and("result", transfer.alreadyThere() ? "already there" : verb);
    }

    private static double seconds(Duration time) {
        return TimeUnit.NANOSECONDS.toMicros(time.toNanos()) / MICROS_IN_SECOND;
    }

    /** Shows what would be transferred. */
    static void showPlan(Output output, List<FilePair> pairs, String verb) {
        for (FilePair pair : pairs) {
            output.answer(
                    pair.key() + "  " + pair.file() + "  " + verb, pair.facts().and("result", verb));
        }
    }
}
