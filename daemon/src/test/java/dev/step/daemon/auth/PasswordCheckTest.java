package dev.step.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.step.protocol.Digest;
import dev.step.protocol.UserName;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a guess costs the server, seen by the memory that Argon2id takes: a guesser must not see a difference. */
final class PasswordCheckTest {
    private static final String RIGHT = Digest.md5Hex("secret");
    private static final String WRONG = Digest.md5Hex("guess");
    private static final long FULL_COST = 19_456L << 10;
    private static final long NEXT_TO_NOTHING = 1 << 20;

    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Account alice = Account.of(new UserName("alice"), PasswordHash.of(RIGHT));
    private final PasswordCheck check = new PasswordCheck();

    @BeforeEach
    void needMeasuredMemory() {
        assumeTrue(memory.isThreadAllocatedMemorySupported() && memory.isThreadAllocatedMemoryEnabled());
    }

    @Test
    void unknownUserCostsAsMuchAsAWrongPassword() {
        assertTrue(costOf(() -> assertFalse(check.isRight(Optional.empty(), WRONG))) >= FULL_COST);
        assertTrue(costOf(() -> assertFalse(check.isRight(Optional.of(alice), WRONG))) >= FULL_COST);
        Account disabled = alice.withDisabled(true);
        assertTrue(costOf(() -> assertFalse(check.isRight(Optional.of(disabled), WRONG))) >= FULL_COST);
    }

    @Test
    void rightPasswordIsRecognisedAndAWrongOneStillCosts() {
        assertTrue(check.isRight(Optional.of(alice), RIGHT));
        assertTrue(costOf(() -> assertTrue(check.isRight(Optional.of(alice), RIGHT))) < NEXT_TO_NOTHING);
        assertTrue(costOf(() -> assertFalse(check.isRight(Optional.of(alice), WRONG))) >= FULL_COST);
    }

    @Test
    void changedPasswordIsNotRecognised() {
        assertTrue(check.isRight(Optional.of(alice), RIGHT));
        Account changed = alice.withPassword(PasswordHash.of(WRONG));
        assertFalse(check.isRight(Optional.of(changed), RIGHT));
        assertTrue(check.isRight(Optional.of(changed), WRONG));
    }

    /** In bytes. */
    private long costOf(Runnable task) {
        long thread = Thread.currentThread().getId();
        long before = memory.getThreadAllocatedBytes(thread);
        task.run();
        return memory.getThreadAllocatedBytes(thread) - before;
    }
}
