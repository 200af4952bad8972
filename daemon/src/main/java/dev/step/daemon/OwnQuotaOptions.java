package dev.step.daemon;

import dev.step.daemon.auth.OwnQuota;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** What one user's files may take: the options of {@code step-server user quota}. */
final class OwnQuotaOptions {
    private static final String DEFAULT = "default";

    @Option(
            names = "--bytes",
            paramLabel = "BYTES",
            converter = Converter.class,
            description =
                    "All files together: a number of bytes, also as 500M or 10G; none; or default, which is what the "
                            + "setting \"quota\" says.")
    private @Nullable Own bytes;

    @Option(
            names = "--files",
            paramLabel = "N",
            converter = Converter.class,
            description = "How many files there may be; none; or default, which is \"quota-files\".")
    private @Nullable Own files;

    @Option(
            names = "--max-file",
            paramLabel = "BYTES",
            converter = Converter.class,
            description = "Each file; none; or default, which is \"max-file\".")
    private @Nullable Own fileBytes;

    boolean areGiven() {
        return bytes != null || files != null || fileBytes != null;
    }

    /** The quota with what is given, and the rest as it was. */
    OwnQuota changed(OwnQuota old) {
        return new OwnQuota(
                bytes == null ? old.bytes() : bytes.limit(),
                files == null ? old.files() : files.limit(),
                fileBytes == null ? old.fileBytes() : fileBytes.limit());
    }

    /** A quota as a person reads it. */
    static List<String> lines(OwnQuota quota) {
        return List.of(
                "bytes = " + shown(quota.bytes()),
                "files = " + shown(quota.files()),
                "max-file = " + shown(quota.fileBytes()));
    }

    private static String shown(OptionalLong limit) {
        if (limit.isEmpty()) {
            return DEFAULT;
        }
        long value = limit.getAsLong();
        return (value == OwnQuota.UNLIMITED ? Amount.NONE : new Amount(limit)).toString();
    }

    /** A limit for one user; empty: that of everybody. */
    record Own(OptionalLong limit) {}

    /** Reads a limit. */
    static final class Converter implements ITypeConverter<Own> {
        @Override
        public Own convert(String value) {
            return value.equals(DEFAULT)
                    ? new Own(OptionalLong.empty())
                    : new Own(OptionalLong.of(Amount.parse(value).limit().orElse(OwnQuota.UNLIMITED)));
        }
    }
}
