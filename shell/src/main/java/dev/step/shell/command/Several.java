package dev.step.shell.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Operands, or an option that may be given several times.
 *
 * @param <T> what each value is
 */
final class Several<T> implements Argument {
    /** One or more operands. */
    static final String SOME = "1..*";

    /** Any number of operands. */
    static final String ANY = "0..*";

    private final ArgSpec spec;

    private Several(ArgSpec spec) {
        this.spec = spec;
    }

    /**
     * An option that may be given several times.
     *
     * @param label what help calls each value
     */
    static <T> Several<T> option(Class<T> type, String name, String label, String description) {
        return new Several<>(OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(type)
                .paramLabel(label)
                .description(description)
                .build());
    }

    /**
     * All operands.
     *
     * @param count how many there may be, such as {@code 1..2}
     */
    static <T> Several<T> operands(Class<T> type, String count, String label, String description) {
        return operands(type, "0..*", count, label, description);
    }

    /** All operands but the first, of which there has to be one. */
    static <T> Several<T> further(Class<T> type, String label, String description) {
        return operands(type, "1..*", SOME, label, description);
    }

    private static <T> Several<T> operands(
            Class<T> type, String places, String count, String label, String description) {
        return new Several<>(PositionalParamSpec.builder()
                .index(places)
                .arity(count)
                .required(!count.startsWith("0"))
                .type(List.class)
                .auxiliaryTypes(type)
                .paramLabel(label)
                .description(description)
                .build());
    }

    @Override
    public void addTo(CommandSpec command) {
        command.add(spec);
    }

    /** What was given. */
    List<T> values() {
        @Nullable List<T> values = spec.getValue();
        return values == null ? List.of() : values;
    }
}
