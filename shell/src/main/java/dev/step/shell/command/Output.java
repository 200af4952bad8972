package dev.step.shell.command;

import dev.step.shell.console.Console;
import dev.step.shell.console.Style;
import java.io.IOException;
import java.nio.ByteBuffer;

/** How the results of one command are shown: as lines for people, or as objects for programs. */
final class Output {
    private final Console console;
    private final boolean json;
    private final boolean quiet;

    /**
     * An output that prints there.
     *
     * @param json whether as one JSON object in each line
     * @param quiet whether nothing is said about what simply worked
     */
    Output(Console console, boolean json, boolean quiet) {
        this.console = console;
        this.json = json;
        this.quiet = quiet;
    }

    boolean isJson() {
        return json;
    }

    boolean isQuiet() {
        return quiet;
    }

    /** Shows what was asked for. */
    void answer(String text, Facts facts) {
        answer(text, "", Style.PLAIN, facts);
    }

    /** Shows what was asked for, the end of which is something special. */
    void answer(String start, String end, Style style, Facts facts) {
        if (json) {
            console.line(facts.toString());
        } else {
            console.line(start, end, style);
        }
    }

    /** Shows what was asked for, in several lines. */
    void text(String lines, Facts facts) {
        if (json) {
            console.line(facts.toString());
        } else {
            console.lines(lines);
        }
    }

    /** Tells that something was done. */
    void done(String text, Facts facts) {
        done(text, "", facts);
    }

    /** Tells that something was done, with words that say that all is well. */
    void done(String text, String wellWords, Facts facts) {
        if (!quiet) {
            answer(text, wellWords, Style.GOOD, facts);
        }
    }

    /** The same, of which only what is shown is made. */
    void done(Result result) {
        if (quiet) {
            return;
        }
        if (json) {
            console.line(result.facts().toString());
        } else {
            console.line(result.text(), result.wellWords(), Style.GOOD);
        }
    }

    /** Something that was done: with thousands of them, what nobody sees should not be put together. */
    interface Result {
        String text();

        /** Stand behind the text, and say that all is well. */
        String wellWords();

        Facts facts();
    }

    /** Tells a program about what failed; people were told. */
    void failed(Facts facts) {
        if (json) {
            console.line(facts.toString());
        }
    }

    /** A line for people beside the results. */
    void notice(String text) {
        if (!quiet) {
            console.notice(text);
        }
    }

    /** Tells that something is otherwise now: people beside the results, programs as a result. */
    void changed(String text, Facts facts) {
        if (json) {
            done(text, facts);
        } else {
            notice(text);
        }
    }

    /** Shows all rows, in columns. */
    void table(Table table) {
        table.lines().forEach(this::row);
    }

    /** Shows one row. */
    void row(Table.Line line) {
        answer(line.start(), line.end(), line.style(), line.facts());
    }

    /** A line between the results that helps people to read them. */
    void remark(String text) {
        if (!json) {
            console.line(text);
        }
    }

    /** Bytes that are the result as they are. */
    void bytes(ByteBuffer bytes) throws IOException {
        console.bytes(bytes);
    }
}
