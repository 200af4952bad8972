package dev.step.daemon;

import java.lang.reflect.Proxy;

/** SIGUSR2, for a server that runs in the foreground; under jsvc it is jsvc that takes the signal. */
final class ReloadSignal {
    /** Names another signal for what the JVM itself uses SIGUSR2 for unless told otherwise: to suspend threads. */
    private static final String OTHER_SIGNAL_OF_JVM = "_JAVA_SR_SIGNUM";

    private ReloadSignal() {}

    /** Has the signal do this, if it is free; the launcher sees to that. */
    static void handle(Runnable action) {
        if (System.getenv(OTHER_SIGNAL_OF_JVM) == null) {
            return;
        }
        try {
            register(action);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("every JVM for Unix has sun.misc.Signal, in the module jdk.unsupported", e);
        }
    }

    /** By reflection, as the compiler warns of this class, and there is no other. */
    private static void register(Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object run = Proxy.newProxyInstance(
                ReloadSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, received) -> {
                    action.run();
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance("USR2"), run);
    }
}
