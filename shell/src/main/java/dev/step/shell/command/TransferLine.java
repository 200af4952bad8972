package dev.step.shell.command;

import dev.step.shell.client.Transfer;
import dev.step.shell.progress.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The line that a transfer leaves: {@code name  size  time  rate  DIGEST ok}. */
final class TransferLine {
    private static final double MICROS_IN_SECOND = 1e6;

    private TransferLine() {}

    /** Shows it. */
    static void show(Output output, FilePair pair, Transfer transfer, String verb) {
        // With thousands of files, to put both together for each costs more than to send them.
        output.done(
                () -> pair.key() + "  " + Quantity.size(transfer.size()) + "  " + how(transfer) + "  ",
                transfer.digest().algorithm() + " ok",
                () -> pair.facts()
                        .and("size", transfer.size())
                        .and("seconds", seconds(transfer.time()))
                        .and("connections", transfer.connections())
                        .and(transfer.digest())
                        .and("result", transfer.alreadyThere() ? "already there" : verb));
    }

    /** Shows what would be transferred. */
    static void showPlan(Output output, List<FilePair> pairs, String verb) {
        for (FilePair pair : pairs) {
            output.answer(
                    pair.key() + "  " + pair.file() + "  " + verb, pair.facts().and("result", verb));
        }
    }

    private static String how(Transfer transfer) {
        return transfer.alreadyThere()
                ? "already there"
                : Quantity.time(transfer.time()) + "  " + Quantity.rate(transfer.moved(), transfer.time())
                        + (transfer.connections() > 1 ? "  " + transfer.connections() + " connections" : "");
    }

    private static double seconds(Duration time) {
        return TimeUnit.NANOSECONDS.toMicros(time.toNanos()) / MICROS_IN_SECOND;
    }
}
