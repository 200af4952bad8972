package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.disk.MemoryFile;
import dev.step.daemon.journal.ClientFile;
import dev.step.daemon.journal.ContentCheck;
import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.journal.JournalWriter;
import dev.step.daemon.journal.ReceivedBlocks;
import dev.step.daemon.journal.UploadIdentity;
import dev.step.daemon.journal.UploadTarget;
import dev.step.daemon.store.DataBlock;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where the bytes that are hashed come from; whoever writes and whenever, DiskUploadTest and ConcurrentUploadTest try. */
class FrontierHashTest {
    private static final int BLOCK_BYTES = 100_000;
    private static final byte[] CONTENT = TestStore.content(5 * BLOCK_BYTES - 1);
    private static final BlockPlan PLAN = new BlockPlan(CONTENT.length, BLOCK_BYTES);

    private final MemoryFile data = new MemoryFile();
    private final BlockMemory memory = new BlockMemory();

    @Test
    void whatHasJustArrivedIsNotReadBack() throws Exception {
        OpenUpload upload = upload();
        for (int index = 0; index < PLAN.totalBlocks(); index++) {
            upload.write(block(index, CONTENT));
        }

        assertEquals(TestStore.md5(CONTENT), upload.digest());
        assertEquals(0, data.reads());
    }

    @Test
    void whatFoundNoRoomIsReadBack() throws Exception {
        ByteBuffer large = ByteBuffer.allocate(Limits.MAX_BLOCK_BYTES);
        while (memory.copy(large).isPresent()) {
            // until none is left
        }
        OpenUpload upload = upload();
        for (int index = PLAN.totalBlocks() - 1; index >= 0; index--) {
            upload.write(block(index, CONTENT));
        }

        assertEquals(TestStore.md5(CONTENT), upload.digest());
        assertTrue(data.reads() >= PLAN.totalBlocks());
    }

    @Test
    void aBlockThatWasWrittenAgainIsHashedAsItIsNow() throws Exception {
        OpenUpload upload = upload();
        upload.write(block(1, new byte[CONTENT.length]));
        for (int index = 0; index < PLAN.totalBlocks(); index++) {
            upload.write(block(index, CONTENT));
        }

        assertEquals(TestStore.md5(CONTENT), upload.digest());
        assertEquals(0, data.reads());
    }

    @Test
    void anUploadThatEndsGivesItsMemoryBack() throws Exception {
        for (int round = 0; round < 100; round++) {
            OpenUpload upload = upload();
            for (int index = 0; index < PLAN.totalBlocks() - 1; index++) {
                upload.write(block(index, CONTENT));
            }
            upload.close();
        }
        assertTrue(memory.copy(ByteBuffer.allocate(Limits.MAX_BLOCK_BYTES)).isPresent());
    }

    /** Nothing is hashed before the end is asked for. */
    private OpenUpload upload() throws IOException {
        JournalHeader header = new JournalHeader(
                UploadIdentity.fresh(new Random(1), 0, Instant.EPOCH),
                new UploadTarget(TestStore.USER, new Key("k"), false),
                PLAN,
                ContentCheck.CORE,
                ClientFile.UNKNOWN);
        return new OpenUpload(
                header,
                new OpenUpload.Files(data, JournalWriter.begin(new MemoryFile(), header)),
                new ReceivedBlocks(PLAN.totalBlocks()),
                null,
                Durability.FILE,
                new Hashing(task -> {}, memory));
    }

    private static DataBlock block(int index, byte[] content) {
        return DataBlock.of(index, ByteBuffer.wrap(content, (int) PLAN.offset(index), PLAN.length(index)));
    }
}
