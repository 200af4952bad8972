package dev.step.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

final class SkippedTestsTest {
    @Test
    void saysWhatASkippedTestLacks() {
        assertEquals(
                List.of("[SKIPPED] OneTestSkipped.needsAProgram(): needs no-such-program: apt install nothing"),
                linesOf(OneTestSkipped.class));
    }

    @Test
    void saysWhatASkippedClassLacks() {
        assertEquals(List.of("[SKIPPED] AllSkipped: no browser"), linesOf(AllSkipped.class));
    }

    @Test
    void saysWhyATestIsDisabled() {
        assertEquals(List.of("[SKIPPED] OneDisabled.test(): not yet"), linesOf(OneDisabled.class));
    }

    /** What is printed while the tests of this class run. */
    private static List<String> linesOf(Class<?> tests) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        LauncherConfig onlyOurs = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new SkippedTests(new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .build();
        LauncherFactory.create(onlyOurs)
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(tests))
                        .build());
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    static final class OneTestSkipped {
        @Test
        void needsAProgram() {
            Requires.program("no-such-program", "nothing");
        }

        @Test
        void needsWhatEveryMachineHas() {
            Requires.program("sh", "dash");
        }
    }

    static final class AllSkipped {
        @BeforeAll
        static void needsMore() {
            Assumptions.abort("no browser");
        }

        @Test
        void test() {}
    }

    static final class OneDisabled {
        @Test
        @Disabled("not yet")
        void test() {}
    }
}
