package dev.step.shell.command;

import picocli.CommandLine.Option;

/** The options that every command has. */
final class OutputOptions {
    @Option(names = "--json", description = "print each result as one JSON object")
    private boolean json;

    @Option(names = "--quiet", description = "say nothing about what simply worked")
    private boolean quiet;

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }
}
