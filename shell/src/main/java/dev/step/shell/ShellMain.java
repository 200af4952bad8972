package dev.step.shell;

/** Entry point of {@code step-shell}. */
public final class ShellMain {
    private ShellMain() {}

    public static void main(String[] arguments) {
        String version = ShellMain.class.getPackage().getImplementationVersion();
        System.out.println("step-shell " + (version == null ? "(development build)" : version));
    }
}
