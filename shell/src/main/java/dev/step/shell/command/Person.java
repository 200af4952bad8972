package dev.step.shell.command;

import java.util.List;

/** Somebody who sits at the prompt. */
public interface Person {
    /** Nobody: a script runs, which can answer nothing and remembers nothing. */
    Person NOBODY = new Person() {
        @Override
        public boolean confirms(String question) throws UsageException {
            throw new UsageException("nobody is here to be asked: " + question + " -f does it without asking");
        }

        @Override
        public List<String> typedLines() {
            return List.of();
        }
    };

    /**
     * Asks a question that is answered with yes or no.
     *
     * @throws UsageException when there is nobody
     */
    boolean confirms(String question) throws UsageException;

    /** What was typed so far, the oldest line first. */
    List<String> typedLines();
}
