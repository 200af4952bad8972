package dev.step.shell.command;

import dev.step.shell.client.RateLimit;
import dev.step.shell.client.TransferOptions;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the commands that transfer files; what is not given is as it was set. */
final class TransferFlags {
    private static final String AUTO = "auto";

    @Option(names = "--jobs", paramLabel = "N", description = "how many files at once (default: 1)")
    private @Nullable String jobs;

    @Option(
            names = "--connections",
            paramLabel = "N|auto",
            description = "for a large file, to an old server (default: 4)")
    private @Nullable String connections;

    @Option(names = "--limit-rate", paramLabel = "BYTES[K|M|G]", description = "in a second, all files together")
    private @Nullable String limitRate;

    @Option(names = "--dry-run", description = "only show what would be done")
    private boolean dryRun;

    boolean isDryRun() {
        return dryRun;
    }

    int jobs(Settings settings) throws UsageException {
        return Integer.parseInt(value(settings, Setting.JOBS, jobs));
    }

    TransferOptions options(Settings settings) throws UsageException {
        String count = value(settings, Setting.CONNECTIONS, connections);
        String rate = value(settings, Setting.LIMIT_RATE, limitRate);
        return new TransferOptions(
                count.equals(AUTO) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(count)),
                rate.equals(Setting.OFF) ? Optional.empty() : Optional.of(new RateLimit(bytes(rate))));
    }

    private static String value(Settings settings, Setting setting, @Nullable String given) throws UsageException {
        return given == null ? settings.get(setting) : setting.checked(given);
    }

    private static long bytes(String rate) {
        int unit = "KMG".indexOf(rate.charAt(rate.length() - 1)) + 1;
        String digits = unit == 0 ? rate : rate.substring(0, rate.length() - 1);
        return Long.parseLong(digits) << (10 * unit);
    }
}
