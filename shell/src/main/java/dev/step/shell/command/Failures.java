package dev.step.shell.command;

import dev.step.shell.client.ClientException;

/** What went wrong with some of the things that one command is about. For several threads. */
final class Failures {
    private final ShellContext context;
    private ExitStatus first = ExitStatus.OK;
    private int firstIndex = Integer.MAX_VALUE;
    private boolean hopeless;

    Failures(ShellContext context) {
        this.context = context;
    }

    /**
     * Reports one, unless the same was said already about another thing.
     *
     * @param index which of the things it was, or comes before
     */
    synchronized void add(int index, Facts facts, ClientException e) {
        ExitStatus status = ExitStatus.of(e.problem());
        String message = String.valueOf(e.getMessage());
        if (!hopeless) {
            context.fail(facts, status, message);
        }
        hopeless |= e.problem().endsEverything();
        if (index < firstIndex) {
            firstIndex = index;
            first = status;
        }
    }

    /** Whether the others are worth trying. */
    synchronized boolean leaveHope() {
        return !hopeless;
    }

    /** The status of the first thing that went wrong. */
    synchronized ExitStatus first() {
        return first;
    }
}
