package dev.step.daemon.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.FaultyDisk;
import dev.step.daemon.disk.FaultyDisk.Step;
import dev.step.daemon.disk.MemoryDisk;
import dev.step.daemon.disk.MemoryFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JournalWriterTest {
    private static final JournalRecord BLOCK = new JournalRecord.Block(0, 1);

    private final FaultyDisk disk =
            new FaultyDisk(new MemoryDisk().with(SampleJournal.folder().resolve("data")));

    @Test
    void blockCostsOneWriteOf24BytesHoweverLongTheJournal() throws IOException {
        MemoryFile file = new MemoryFile();
        JournalWriter writer = JournalWriter.begin(file, SampleJournal.HEADER);
        int header = file.length();
        for (int i = 1; i <= 2_000; i++) {
            writer.append(BLOCK);
            assertEquals(1 + i, file.writes());
            assertEquals(header + 24 * i, file.length());
        }
        assertEquals(0, file.reads());
    }

    @Test
    void recordsNameWhatWasSyncedBeforeThem() throws IOException {
        SampleJournal journal =
                new SampleJournal().blocks(2).sync().blocks(2).sync().sync().blocks(1);
        JournalDecoder decoder = new JournalDecoder(journal.file, SampleJournal.ID);
        for (PlacedRecord record : journal.records) {
            assertEquals(record, decoder.next());
        }
        assertNull(decoder.next());
        assertEquals(0, journal.records.get(1).synced());
        assertEquals(journal.offset(2), journal.records.get(3).synced());
        assertEquals(journal.offset(4), journal.records.get(4).synced());
    }

    @Test
    void failedWriteBreaksTheWriterForGood() throws IOException {
        JournalWriter writer = begin();
        disk.failOnce(0);
        IOException first = assertThrows(IOException.class, () -> writer.append(BLOCK));
        disk.heal();
        assertBroken(writer, first);
        assertEquals(List.of(), disk.steps());
    }

    @Test
    void failedSyncBreaksTheWriterForGood() throws IOException {
        JournalWriter writer = begin();
        disk.failOnce(0);
        IOException first = assertThrows(IOException.class, writer::sync);
        disk.heal();
        assertBroken(writer, first);
        assertEquals(List.of(), disk.steps());
    }

    private static void assertBroken(JournalWriter writer, IOException first) {
        assertSame(
                first,
                assertThrows(IOException.class, () -> writer.append(BLOCK)).getCause());
        assertSame(first, assertThrows(IOException.class, writer::sync).getCause());
    }

    @Test
    void writerGoesOnAfterRecoveryFromAFullDisk() throws IOException {
        JournalWriter broken = begin();
        broken.append(BLOCK);
        disk.failOnce(0);
        assertThrows(IOException.class, () -> broken.append(BLOCK));
        disk.heal();
        var usable = assertInstanceOf(RecoveredJournal.Usable.class, SampleJournal.recover(disk));
        assertEquals(12, usable.cutBytes(), "half a record was written");
        DiskFile file = disk.openForWriting(SampleJournal.journalPath());
        try (JournalWriter writer = JournalWriter.resume(file, usable)) {
            writer.append(new JournalRecord.Block(1, 2));
        }
        var again = assertInstanceOf(RecoveredJournal.Usable.class, SampleJournal.recover(disk));
        assertEquals(2, again.blocks().count());
        assertEquals(0, again.cutBytes());
    }

    @Test
    void failedHeaderIsNeverBegun() throws IOException {
        disk.watch((step, path) -> {
            if (step == Step.WRITE) {
                throw new IOException("no space left");
            }
        });
        assertThrows(IOException.class, this::begin);
        assertInstanceOf(RecoveredJournal.NeverBegun.class, SampleJournal.recover(disk));
    }

    @Test
    void blockBeyondThePlanIsRefused() throws IOException {
        JournalWriter writer = begin();
        JournalRecord beyond =
                new JournalRecord.Block(SampleJournal.HEADER.plan().totalBlocks(), 1);
        assertThrows(IllegalArgumentException.class, () -> writer.append(beyond));
        writer.append(BLOCK);
    }

    @Test
    void resumedWriterNamesTheSyncedOffsetItFound() throws IOException {
        SampleJournal journal = new SampleJournal().blocks(3).sync().blocks(2);
        var usable = assertInstanceOf(RecoveredJournal.Usable.class, SampleJournal.recover(journal.bytes()));
        JournalWriter.resume(journal.file, usable).append(BLOCK);
        byte[] bytes = journal.bytes();
        byte[] synced = Arrays.copyOfRange(bytes, bytes.length - 16, bytes.length - 8);
        assertEquals(journal.offset(3), ByteBuffer.wrap(synced).getLong());
    }

    private JournalWriter begin() throws IOException {
        JournalWriter writer = JournalWriter.begin(disk.create(SampleJournal.journalPath()), SampleJournal.HEADER);
        disk.heal(); // forgets the steps
        return writer;
    }
}
