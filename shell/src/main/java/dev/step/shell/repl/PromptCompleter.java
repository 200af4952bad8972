package dev.step.shell.repl;

import dev.step.shell.command.Completion;
import dev.step.shell.command.Suggestion;
import dev.step.shell.console.Printable;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Hands the shell's suggestions to the line editor. */
final class PromptCompleter implements Completer {
    private final Completion completion;

    PromptCompleter(Completion completion) {
        this.completion = completion;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<String> before = line.words().subList(0, line.wordIndex());
        completion.suggest(before, line.word()).stream()
                .map(PromptCompleter::candidate)
                .forEach(candidates::add);
    }

    private static Candidate candidate(Suggestion suggestion) {
        String shown = Printable.of(suggestion.text());
        return new Candidate(suggestion.text(), shown, null, null, null, null, suggestion.complete());
    }
}
