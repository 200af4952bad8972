package dev.step.daemon;

/** Entry point of {@code step-server}. */
public final class ServerMain {
    private ServerMain() {}

    public static void main(String[] arguments) {
        String version = ServerMain.class.getPackage().getImplementationVersion();
        System.out.println("step-server " + (version == null ? "(development build)" : version));
    }
}
