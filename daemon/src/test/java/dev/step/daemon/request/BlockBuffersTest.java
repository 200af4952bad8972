package dev.step.daemon.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.step.protocol.Limits;
import dev.step.protocol.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buffers that users share. */
@Timeout(60)
final class BlockBuffersTest {
    private static final UserName ALICE = new UserName("alice");
    private static final UserName MALLORY = new UserName("mallory");
    /** Enough for eight large buffers, of which a user may have two. */
    private static final long DIRECT_MEMORY = 64L << 20;

    private static final int SHARE = 2;

    private final BlockBuffers buffers = new BlockBuffers(DIRECT_MEMORY);

    @Test
    void whoHoldsAShareWaitsAndOthersDoNot() throws Exception {
        List<BlockBuffers.Lease> slow = lease(MALLORY, SHARE);
        List<Thread> more = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            more.add(start(() -> buffers.lease(MALLORY, Limits.MAX_BLOCK_BYTES).close()));
        }
        more.forEach(BlockBuffersTest::assertWaits);
        lease(ALICE, SHARE).forEach(BlockBuffers.Lease::close);
        slow.get(0).close();
        for (Thread thread : more) {
            thread.join();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, Limits.DEFAULT_BLOCK_BYTES, Limits.DEFAULT_BLOCK_BYTES + 1, Limits.MAX_BLOCK_BYTES})
    void bufferIsAsLongAsAskedFor(int bytes) {
        try (BlockBuffers.Lease lease = buffers.lease(ALICE, bytes)) {
            assertEquals(bytes, lease.buffer().remaining());
            lease.buffer().position(bytes);
        }
        try (BlockBuffers.Lease again = buffers.lease(ALICE, bytes)) {
            assertEquals(bytes, again.buffer().remaining());
        }
    }

    private List<BlockBuffers.Lease> lease(UserName user, int count) {
        List<BlockBuffers.Lease> leases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leases.add(buffers.lease(user, Limits.MAX_BLOCK_BYTES));
        }
        return leases;
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void assertWaits(Thread thread) {
        while (thread.getState() == Thread.State.RUNNABLE || thread.getState() == Thread.State.NEW) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(Thread.State.WAITING, thread.getState());
    }
}
