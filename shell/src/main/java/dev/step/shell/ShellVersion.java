package dev.step.shell;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class ShellVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = ShellVersion.class.getPackage().getImplementationVersion();
        return new String[] {"step-shell " + (version == null ? "(development build)" : version)};
    }
}
