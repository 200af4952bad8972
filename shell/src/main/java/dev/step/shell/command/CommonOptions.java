package dev.step.shell.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the program and every command have in common: how results are shown, what help looks like, what they end with. */
@Command(
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footerHeading = "%nExamples%n",
        exitCodeListHeading = "%nExit status%n",
        exitCodeList = {
            "0:all well",
            "1:a command failed, for a reason that none of the others is",
            "2:bad usage",
            "3:cannot connect",
            "4:login refused",
            "5:content differs",
            "6:not found: a key or a local file",
            "7:no space, or over the quota",
            "130:interrupted"
        })
public final class CommonOptions {
    @Option(names = "--json", description = "print each result as one JSON object")
    private boolean json;

    @Option(names = "--quiet", description = "say nothing about what simply worked")
    private boolean quiet;

    /** Whether results are JSON objects. */
    public boolean json() {
        return json;
    }

    /** Whether nothing is said about what simply worked. */
    public boolean quiet() {
        return quiet;
    }
}
