package dev.step.shell.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * An option with one value, or the first operand where it stands for one thing.
 *
 * @param <T> what the value is
 */
public final class Single<T> implements Argument {
    private static final String FIRST = "0";

    private final ArgSpec spec;

    private Single(ArgSpec spec) {
        this.spec = spec;
    }

    /**
     * An option with a value.
     *
     * @param label what help calls the value
     */
    public static <T> Single<T> option(Class<T> type, String name, String label, String description) {
        return new Single<>(OptionSpec.builder(name)
                .type(type)
                .paramLabel(label)
                .description(description)
                .build());
    }

    /** An operand that may be left out. */
    public static <T> Single<T> operand(Class<T> type, String label, String description) {
        return operand(type, "0..1", label, description);
    }

    /** An operand that has to be there. */
    static <T> Single<T> required(Class<T> type, String label, String description) {
        return operand(type, "1", label, description);
    }

    private static <T> Single<T> operand(Class<T> type, String count, String label, String description) {
        return new Single<>(PositionalParamSpec.builder()
                .index(FIRST)
                .arity(count)
                .required(!count.startsWith("0"))
                .type(type)
                .paramLabel(label)
                .description(description)
                .build());
    }

    @Override
    public void addTo(CommandSpec command) {
        command.add(spec);
    }

    /** As a member of a group, of which only one can be given. */
    public ArgSpec spec() {
        return spec;
    }

    /** What was given, if it was. */
    public Optional<T> value() {
        @Nullable T value = spec.getValue();
        return Optional.ofNullable(value);
    }
}
