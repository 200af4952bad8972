package dev.step.shell.command;

import dev.step.shell.command.Commands.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the word being typed could become: read from the same list that dispatch reads. */
public final class Completion {
    private static final String OPTION = "-";

    private final ShellContext context;
    private final RemoteNames remote;
    private final LocalNames local;
    private final Map<String, String> usages = new HashMap<>();

    public Completion(ShellContext context) {
        this.context = context;
        this.remote = new RemoteNames(context.connector());
        this.local = new LocalNames(context);
    }

    /** What was learned from the server may be out of date. */
    public void forget() {
        remote.forget();
    }

    /** How the command is used that these words begin with. */
    public Optional<String> usage(List<String> words) {
        return Commands.find(words)
                .map(entry -> usages.computeIfAbsent(
                        entry.words(), any -> CommandSpecs.synopsis(CommandSpecs.parser(entry, context))));
    }

    /**
     * The suggestions; some may not begin with what is typed.
     *
     * @param before the command's words before the one that is typed
     * @param typed what there is of the word
     */
    public List<Suggestion> suggest(List<String> before, String typed) {
        return Commands.find(before)
                .map(entry -> suggest(entry, before.size() - entry.wordCount(), typed))
                .orElseGet(() -> commandWords(before));
    }

    private List<Suggestion> suggest(Entry entry, int operandsBefore, String typed) {
        if (typed.startsWith(OPTION)) {
            return options(entry);
        }
        boolean further = operandsBefore > 0;
        return switch (entry.completes()) {
            case NOTHING -> List.of();
            case FILES -> local.beginningWith(typed);
            case KEYS -> remote.keys(typed);
            case FILES_TO_KEYS -> further ? both(typed) : local.beginningWith(typed);
            case KEYS_TO_FILES -> further ? both(typed) : remote.keys(typed);
            case VALUES -> remote.values(typed);
            case SETTINGS -> further ? List.of() : settings();
            case COMMANDS -> commandWords(List.of());
        };
    }

    private static List<Suggestion> settings() {
        return Setting.userNames().stream()
                .map(name -> new Suggestion(name, true))
                .toList();
    }

    private List<Suggestion> both(String typed) {
        List<Suggestion> all = new ArrayList<>(local.beginningWith(typed));
        all.addAll(remote.keys(typed));
        return all;
    }

    private List<Suggestion> options(Entry entry) {
        return CommandSpecs.parser(entry, context).getCommandSpec().options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .map(name -> new Suggestion(name, true))
                .toList();
    }

    /** The words that may stand after these, in the names of commands. */
    private static List<Suggestion> commandWords(List<String> before) {
        String start = before.isEmpty() ? "" : String.join(" ", before) + " ";
        return Commands.ALL.stream()
                .map(Entry::words)
                .filter(name -> name.startsWith(start))
                .map(name -> name.substring(start.length()).split(" ", 2)[0])
                .distinct()
                .map(word -> new Suggestion(word, true))
                .toList();
    }
}
