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
        Failures failures = new Failures(context);
        for (int i = 0; i < items.size() && failures.leaveHope(); i++) {
            T item = items.get(i);
            try {
                action.apply(item);
            } catch (ClientException e) {
                failures.add(i, name.apply(item), e);
            }
        }
        return failures.first();
    }
}
