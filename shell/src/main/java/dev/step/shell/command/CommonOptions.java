package dev.step.shell.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** What the program and every command have in common: how results are shown, what help looks like, what they end with. */
public final class CommonOptions implements Argument {
    private static final Map<String, String> STATUSES = statuses();

    private final Flag json = new Flag("--json", "print each result as one JSON object");
    private final Flag quiet = new Flag("--quiet", "say nothing about what simply worked");

    private static Map<String, String> statuses() {
        Map<String, String> statuses = new LinkedHashMap<>();
        statuses.put("0", "all well");
        statuses.put("1", "a command failed, for a reason that none of the others is");
        statuses.put("2", "bad usage");
        statuses.put("3", "cannot connect");
        statuses.put("4", "login refused");
        statuses.put("5", "content differs");
        statuses.put("6", "not found: a key or a local file");
        statuses.put("7", "no space, or over the quota");
        statuses.put("130", "interrupted");
        return Collections.unmodifiableMap(statuses);
    }

    @Override
    public void addTo(CommandSpec spec) {
        spec.usageMessage()
                .sortOptions(false)
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%n")
                .footerHeading("%nExamples%n")
                .exitCodeListHeading("%nExit status%n")
                .exitCodeList(STATUSES);
        Argument.addAll(spec, json, quiet);
    }

    /** Whether results are JSON objects. */
    public boolean json() {
        return json.isGiven();
    }

    /** Whether nothing is said about what simply worked. */
    public boolean quiet() {
        return quiet.isGiven();
    }
}
