package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Limits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlockMemoryTest {
    @Test
    void aCopyIsWhatRemainedInTheBufferWhicheverItsLength() {
        for (int length : List.of(1, 20_480, 65_535, 65_536, 65_537, Limits.MAX_BLOCK_BYTES)) {
            byte[] content = TestStore.content(length);
            ByteBuffer buffer = ByteBuffer.allocateDirect(length + 7)
                    .put(new byte[7])
                    .put(content)
                    .position(7);
            BlockMemory.Copy copy = new BlockMemory().copy(buffer).orElseThrow();
            assertEquals(length, buffer.remaining(), "the buffer stays as it was");
            buffer.put(7, (byte) ~content[0]);

            assertEquals(TestStore.md5(content), digestOf(copy), length + " bytes");
        }
    }

    @Test
    void whatWasGivenBackCanBeHadAgainAndNothingBeyondTheBound() {
        BlockMemory memory = new BlockMemory();
        ByteBuffer block = ByteBuffer.allocate(Limits.MAX_BLOCK_BYTES);
        List<BlockMemory.Copy> held = takeAll(memory, block);
        assertTrue(held.size() >= 1);
        assertTrue(held.size() <= 16, held.size() + " MiB");

        held.forEach(BlockMemory.Copy::release);

        assertEquals(held.size(), takeAll(memory, block).size());
    }

    @Test
    void aBlockThatFindsNoRoomTakesNone() {
        BlockMemory memory = new BlockMemory();
        List<BlockMemory.Copy> held = takeAll(memory, ByteBuffer.allocate(Limits.MAX_BLOCK_BYTES));
        held.remove(0).release();
        BlockMemory.Copy small = memory.copy(ByteBuffer.allocate(1)).orElseThrow();

        assertFalse(memory.copy(ByteBuffer.allocate(Limits.MAX_BLOCK_BYTES)).isPresent());
        small.release();

        assertTrue(memory.copy(ByteBuffer.allocate(Limits.MAX_BLOCK_BYTES)).isPresent());
    }

    private static List<BlockMemory.Copy> takeAll(BlockMemory memory, ByteBuffer block) {
        List<BlockMemory.Copy> held = new ArrayList<>();
        for (Optional<BlockMemory.Copy> copy = memory.copy(block); copy.isPresent(); copy = memory.copy(block)) {
            held.add(copy.get());
        }
        return held;
    }

    private static Digest digestOf(BlockMemory.Copy copy) {
        ContentDigest digest = new ContentDigest(DigestAlgorithm.MD5);
        copy.addTo(digest);
        return digest.finish();
    }
}
