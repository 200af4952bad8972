package dev.step.shell.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** An option that is there or not. */
public final class Flag implements Argument {
    private final OptionSpec spec;

    public Flag(String name, String description) {
        this(builder(name, description));
    }

    private Flag(OptionSpec.Builder builder) {
        this.spec = builder.build();
    }

    /** One that asks for help: what else would be missing need not be given then. */
    public static Flag forHelp(String name, String description) {
        return new Flag(builder(name, description).usageHelp(true));
    }

    /** One that asks for the version: what else would be missing need not be given then. */
    public static Flag forVersion(String name, String description) {
        return new Flag(builder(name, description).versionHelp(true));
    }

    private static OptionSpec.Builder builder(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).description(description);
    }

    @Override
    public void addTo(CommandSpec command) {
        command.addOption(spec);
    }

    /** As a member of a group, of which only one can be given. */
    public OptionSpec spec() {
        return spec;
    }

    /** Whether it is there; false before a line was parsed. */
    public boolean isGiven() {
        return Boolean.TRUE.equals(spec.getValue());
    }
}
