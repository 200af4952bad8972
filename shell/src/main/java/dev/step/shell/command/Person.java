package dev.step.shell.command;

import java.util.List;

/** Somebody who sits at the prompt. */
public interface Person {
    /** A script, which wants what it says and remembers nothing. */
    Person NOBODY = new Person() {
        @Override
        public boolean confirms(String question) {
            return true;
        }

        @Override
        public List<String> typedLines() {
            return List.of();
        }
    };

    /** Asks a question that is answered with yes or no. */
    boolean confirms(String question);

    /** What was typed so far, the oldest line first. */
    List<String> typedLines();
}
