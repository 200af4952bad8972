package dev.step.shell.command;

import dev.step.protocol.message.AccountStatus;
import dev.step.protocol.message.Quota;
import dev.step.shell.progress.Quantity;
import java.util.OptionalLong;

/** What a user has on the server, and may have, in words and for programs. */
final class Allowance {
    private Allowance() {}

    /** Such as {@code 3 of 100 files, 1.2 MiB of 1.0 GiB, 20.0 KiB of unfinished uploads}. */
    static String words(AccountStatus status) {
        Quota quota = status.quota();
        AccountStatus.Taken taken = status.taken();
        String words = taken.files()
                + of(quota.files(), false)
                + (taken.files() == 1 ? " file, " : " files, ")
                + Quantity.size(taken.bytes())
                + of(quota.bytes(), true);
        String pending =
                taken.pendingBytes() == 0 ? "" : ", " + Quantity.size(taken.pendingBytes()) + " of unfinished uploads";
        String each = quota.fileBytes().isEmpty()
                ? ""
                : ", at most " + Quantity.size(quota.fileBytes().getAsLong()) + " a file";
        return words + pending + each;
    }

    private static String of(OptionalLong limit, boolean isSize) {
        if (limit.isEmpty()) {
            return "";
        }
        return " of " + (isSize ? Quantity.size(limit.getAsLong()) : String.valueOf(limit.getAsLong()));
    }

    /** Adds the numbers in their names on the wire; a quota that is not set is not there. */
    static Facts add(AccountStatus status, Facts facts) {
        AccountStatus.Taken taken = status.taken();
        facts.and("files", taken.files()).and("used_bytes", taken.bytes()).and("pending_bytes", taken.pendingBytes());
        Quota quota = status.quota();
        quota.bytes().ifPresent(limit -> facts.and("quota_bytes", limit));
        quota.files().ifPresent(limit -> facts.and("quota_files", limit));
        quota.fileBytes().ifPresent(limit -> facts.and("max_file_bytes", limit));
        return facts;
    }
}
