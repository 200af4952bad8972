package dev.step.daemon;

import dev.step.protocol.message.Quota;
import picocli.CommandLine.Option;

/** What each user's files may take: a part of the options of {@code step-server run}. */
final class QuotaOptions {
    @Option(
            names = "--quota",
            paramLabel = "BYTES",
            defaultValue = "none",
            converter = Amount.Converter.class,
            description =
                    "What all files and values of one user may take: a number of bytes, also as 500M or 10G; or none. "
                            + "\"step-server user quota\" sets it for one user. Default: ${DEFAULT-VALUE}")
    private Amount bytes = Amount.NONE;

    @Option(
            names = "--quota-files",
            paramLabel = "N",
            defaultValue = "none",
            converter = Amount.Converter.class,
            description = "How many files one user may have, or none. Default: ${DEFAULT-VALUE}")
    private Amount files = Amount.NONE;

    @Option(
            names = "--max-file",
            paramLabel = "BYTES",
            defaultValue = "none",
            converter = Amount.Converter.class,
            description = "What one file may take, or none. Default: ${DEFAULT-VALUE}")
    private Amount fileBytes = Amount.NONE;

    Quota quota() {
        return new Quota(bytes.limit(), files.limit(), fileBytes.limit());
    }
}
