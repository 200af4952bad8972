package dev.step.shell.command;

import dev.step.shell.client.Transfer;
import dev.step.shell.progress.Quantity;

/** The line that a transfer leaves: {@code name  size  time  rate  DIGEST ok}. */
final class TransferLine {
    private TransferLine() {}

    static String of(String name, Transfer transfer) {
        String how = transfer.alreadyThere()
                ? "already there"
                : Quantity.time(transfer.time()) + "  " + Quantity.rate(transfer.size(), transfer.time());
        return name + "  " + Quantity.size(transfer.size()) + "  " + how + "  "
                + transfer.digest().algorithm() + " ok";
    }
}
