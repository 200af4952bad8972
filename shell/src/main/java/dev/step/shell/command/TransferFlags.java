package dev.step.shell.command;

import dev.step.shell.client.RateLimit;
import dev.step.shell.client.TransferOptions;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;

/** The options of the commands that transfer files; what is not given is as it was set. */
final class TransferFlags implements Argument {
    private static final String AUTO = "auto";

    private final Single<String> jobs =
            Single.option(String.class, "--jobs", "N", "how many files at once (default: 1)");

    private final Single<String> connections =
            Single.option(String.class, "--connections", "N|auto", "for one large file (default: auto)");

    private final Single<String> limitRate =
            Single.option(String.class, "--limit-rate", "BYTES[K|M|G]", "in a second, all files together");

    private final Flag dryRun = new Flag("--dry-run", "only show what would be done");

    @Override
    public void addTo(CommandSpec spec) {
        Argument.addAll(spec, jobs, connections, limitRate, dryRun);
    }

    boolean isDryRun() {
        return dryRun.isGiven();
    }

    int jobs(Settings settings) throws UsageException {
        return Integer.parseInt(value(settings, Setting.JOBS, jobs));
    }

    TransferOptions options(Settings settings) throws UsageException {
        String count = value(settings, Setting.CONNECTIONS, connections);
        String rate = value(settings, Setting.LIMIT_RATE, limitRate);
        return new TransferOptions(
                count.equals(AUTO) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(count)),
                jobs(settings),
                rate.equals(Setting.OFF) ? Optional.empty() : Optional.of(new RateLimit(bytes(rate))));
    }

    private static String value(Settings settings, Setting setting, Single<String> option) throws UsageException {
        Optional<String> given = option.value();
        return given.isPresent() ? setting.checked(given.get()) : settings.get(setting);
    }

    private static long bytes(String rate) {
        int unit = "KMG".indexOf(rate.charAt(rate.length() - 1)) + 1;
        String digits = unit == 0 ? rate : rate.substring(0, rate.length() - 1);
        return Long.parseLong(digits) << (10 * unit);
    }
}
