package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import java.util.List;
import java.util.function.Function;

/** One command about several things: one that fails does not keep the others from being tried. */
final class Each {
    private Each() {}

    /** What to do with one of them. */
    @FunctionalInterface
    interface Action<T> {
        void apply(T item) throws ClientException;
    }

    /**
     * Does it with every item, as long as there is hope. The status is that of the first failure.
     *
     * @param name what a program is told about the item when it fails
     */
    static <T> ExitStatus of(ShellContext context, List<T> items, Function<T, Facts> name, Action<T> action) {
        ExitStatus first = ExitStatus.OK;
        for (T item : items) {
            try {
                action.apply(item);
            } catch (ClientException e) {
                ExitStatus status = ExitStatus.of(e.problem());
                String message = String.valueOf(e.getMessage());
                context.report(message);
                context.output()
                        .failed(name.apply(item).and("status", status.code()).and("error", message));
                first = first == ExitStatus.OK ? status : first;
                if (e.problem().endsEverything()) {
                    return first;
                }
            }
        }
        return first;
    }
}
