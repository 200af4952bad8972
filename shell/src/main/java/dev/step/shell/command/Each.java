package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import java.util.List;

/** One command about several things: one that fails does not keep the others from being tried. */
final class Each {
    private Each() {}

    /** What to do with one of them. */
    @FunctionalInterface
    interface Action<T> {
        void apply(T item) throws ClientException;
    }

    /** Does it with every item, as long as there is hope. The status is that of the first failure. */
    static <T> ExitStatus of(ShellContext context, List<T> items, Action<T> action) {
        ExitStatus first = ExitStatus.OK;
        for (T item : items) {
            try {
                action.apply(item);
            } catch (ClientException e) {
                context.report(String.valueOf(e.getMessage()));
                first = first == ExitStatus.OK ? ExitStatus.of(e.problem()) : first;
                if (e.problem().endsEverything()) {
                    return first;
                }
            }
        }
        return first;
    }
}
