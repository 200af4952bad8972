package dev.step.testing;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Says on the console which tests were skipped and why: Surefire only counts them. JUnit finds it as a service. */
public final class SkippedTests implements TestExecutionListener {
    private final PrintStream console;

    /** Prints to the process's own standard error, because Surefire sends {@code System.err} to a file. */
    public SkippedTests() {
        this(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }

    SkippedTests(PrintStream console) {
        this.console = console;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        report(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            report(test, result.getThrowable().map(Throwable::getMessage).orElse("aborted"));
        }
    }

    private void report(TestIdentifier test, String reason) {
        console.println("[SKIPPED] " + nameOf(test) + ": " + reason);
    }

    private static String nameOf(TestIdentifier test) {
        return test.getSource()
                .map(source -> {
                    if (source instanceof MethodSource method) {
                        return method.getJavaClass().getSimpleName() + "." + test.getDisplayName();
                    }
                    return source instanceof ClassSource type
                            ? type.getJavaClass().getSimpleName()
                            : null;
                })
                .orElse(test.getDisplayName());
    }
}
