package dev.step.shell.command;

import dev.step.protocol.Key;
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
        return of(new Failures(context), items, name, action);
    }

    /** The same, after some have failed already. */
    static <T> ExitStatus of(Failures failures, List<T> items, Function<T, Facts> name, Action<T> action) {
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

    /** The same with keys. */
    static ExitStatus key(ShellContext context, List<Key> keys, Action<Key> action) {
        return of(context, keys, key -> Facts.of("key", key.text()), action);
    }

    /**
     * The same with keys, and says of each what became of it.
     *
     * @param result in one word, such as "removed"
     */
    static ExitStatus key(ShellContext context, List<Key> keys, String result, Action<Key> action) {
        return key(context, keys, key -> {
            action.apply(key);
            context.output()
                    .done(key + "  " + result, Facts.of("key", key.text()).and("result", result));
        });
    }
}
