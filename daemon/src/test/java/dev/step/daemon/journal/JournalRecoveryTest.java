package dev.step.daemon.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.FaultyDisk;
import dev.step.daemon.disk.FaultyDisk.Step;
import dev.step.daemon.disk.MemoryDisk;
import dev.step.daemon.disk.MemoryFile;
import dev.step.daemon.disk.PathKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What recovery makes of a journal, and of the files around it; which faults are which is the other tests' matter. */
final class JournalRecoveryTest {
    private static final Path QUARANTINED =
            SampleJournal.ROOT.resolve("quarantine").resolve(SampleJournal.ID.toString());

    private final SampleJournal synced = new SampleJournal().blocks(3).sync().blocks(5);

    @Test
    void wholeJournalIsUsedWithoutTouchingTheDisk() throws IOException {
        FaultyDisk disk = new FaultyDisk(SampleJournal.diskWith(synced.bytes()));
        var usable = usable(SampleJournal.recover(disk));
        assertEquals(Truth.after(8, synced), Truth.of(usable));
        assertEquals(List.of(), disk.steps());
    }

    @Test
    void journalCutInsideARecordKeepsTheRecordsBeforeIt() throws IOException {
        byte[] cut = Arrays.copyOf(synced.bytes(), synced.offset(7) + 13);
        var usable = usable(SampleJournal.recover(cut));
        assertEquals(Truth.after(7, synced), Truth.of(usable));
        assertEquals(13, usable.cutBytes());
    }

    @Test
    void tornTailIsKeptBesideAndCutOff() throws IOException {
        byte[] cut = Arrays.copyOf(synced.bytes(), synced.offset(7) + 13);
        MemoryDisk disk = SampleJournal.diskWith(cut);
        SampleJournal.recover(disk);
        assertArrayEquals(Arrays.copyOf(cut, synced.offset(7)), disk.bytes(SampleJournal.journalPath()));
        assertArrayEquals(Arrays.copyOfRange(cut, synced.offset(7), cut.length), disk.bytes(torn(1)));
    }

    @Test
    void secondTornTailIsKeptBesideTheFirst() throws IOException {
        MemoryDisk disk = SampleJournal.diskWith(Arrays.copyOf(synced.bytes(), synced.length() - 1));
        SampleJournal.recover(disk);
        byte[] again = Arrays.copyOf(disk.bytes(SampleJournal.journalPath()), synced.offset(6) + 3);
        disk.with(SampleJournal.journalPath(), again);
        SampleJournal.recover(disk);
        assertEquals(23, disk.bytes(torn(1)).length);
        assertEquals(3, disk.bytes(torn(2)).length);
    }

    @Test
    void tailIsCutOnlyWhenItsCopyIsDurable() throws IOException {
        FaultyDisk disk = new FaultyDisk(SampleJournal.diskWith(Arrays.copyOf(synced.bytes(), synced.length() - 1)));
        SampleJournal.recover(disk);
        assertEquals(
                List.of(Step.CREATE, Step.WRITE, Step.SYNC, Step.SYNC_FOLDER, Step.TRUNCATE, Step.SYNC), disk.steps());
    }

    @Test
    void recoveryThatFailsAtAnyStepCanBeTriedAgain() throws IOException {
        byte[] torn = Arrays.copyOf(synced.bytes(), synced.length() - 1);
        byte[] damaged = synced.bytes();
        damaged[synced.offset(1)]++;
        for (int step = 0; step < 6; step++) {
            assertEquals(Truth.after(7, synced), Truth.of(usable(recoverFailingAt(step, torn))));
        }
        for (int step = 0; step < 5; step++) {
            FaultyDisk disk = new FaultyDisk(SampleJournal.diskWith(damaged));
            disk.failOnce(step);
            assertThrows(IOException.class, () -> SampleJournal.recover(disk));
            disk.heal();
            assertInstanceOf(RecoveredJournal.Quarantined.class, SampleJournal.recover(disk), "step " + step);
        }
    }

    private static RecoveredJournal recoverFailingAt(int step, byte[] journal) throws IOException {
        FaultyDisk disk = new FaultyDisk(SampleJournal.diskWith(journal));
        disk.failOnce(step);
        assertThrows(IOException.class, () -> SampleJournal.recover(disk), "step " + step);
        disk.heal();
        return SampleJournal.recover(disk);
    }

    @Test
    void zeroedPageInTheUnsyncedTailCutsTheValidRecordsAfterItToo() throws IOException {
        SampleJournal journal = new SampleJournal().blocks(3).sync().blocks(600);
        byte[] bytes = journal.bytes();
        Arrays.fill(bytes, 8192, 12288, (byte) 0);
        var usable = usable(SampleJournal.recover(bytes));
        int whole = (8192 - journal.headerLength) / JournalFormat.BLOCK_BYTES;
        assertEquals(Truth.after(whole, journal), Truth.of(usable));
        assertEquals(journal.length() - journal.offset(whole), usable.cutBytes());
    }

    @Test
    void zeroedPageInSyncedBytesIsQuarantined() throws IOException {
        byte[] bytes = new SampleJournal().blocks(600).sync().blocks(60).bytes();
        Arrays.fill(bytes, 8192, 12288, (byte) 0);
        assertInstanceOf(RecoveredJournal.Quarantined.class, SampleJournal.recover(bytes));
    }

    @Test
    void zerosAfterTheLastRecordAreCutOff() throws IOException {
        var usable = usable(SampleJournal.recover(Arrays.copyOf(synced.bytes(), synced.length() + 4096)));
        assertEquals(Truth.after(8, synced), Truth.of(usable));
        assertEquals(4096, usable.cutBytes());
    }

    @Test
    void recordsOfAnotherUploadBehindTheTailAreNeitherBelievedNorTakenForDamage() throws IOException {
        SampleJournal other =
                new SampleJournal(SampleJournal.OTHER_HEADER).blocks(9).sync().blocks(9);
        byte[] bytes = join(synced.bytes(), Arrays.copyOfRange(other.bytes(), other.offset(8), other.length()));
        var usable = usable(SampleJournal.recover(bytes));
        assertEquals(Truth.after(8, synced), Truth.of(usable));
        assertEquals(10 * JournalFormat.BLOCK_BYTES, usable.cutBytes());
    }

    @Test
    void recordsOfAnEarlierJournalOfTheSameIdDoNotContinueThisOne() throws IOException {
        UploadIdentity identity = SampleJournal.HEADER.identity();
        SampleJournal earlier = new SampleJournal(new JournalHeader(
                        new UploadIdentity(identity.id(), identity.salt() + 1, identity.sequence(), identity.created()),
                        SampleJournal.HEADER.target(),
                        SampleJournal.HEADER.plan(),
                        SampleJournal.HEADER.check(),
                        SampleJournal.HEADER.clientFile()))
                .blocks(12);
        SampleJournal shorter = new SampleJournal().blocks(4);
        byte[] bytes = earlier.bytes();
        System.arraycopy(shorter.bytes(), 0, bytes, 0, shorter.length());
        assertEquals(Truth.after(4, shorter), Truth.of(usable(SampleJournal.recover(bytes))));
    }

    @Test
    void ownRecordsBehindTheTailAreNotBelievedTwice() throws IOException {
        byte[] again = Arrays.copyOfRange(synced.bytes(), synced.offset(1), synced.offset(5));
        var usable = usable(SampleJournal.recover(join(synced.bytes(), again)));
        assertEquals(Truth.after(8, synced), Truth.of(usable));
    }

    @Test
    void damagedJournalGoesIntoQuarantineWithItsUpload() throws IOException {
        byte[] bytes = synced.bytes();
        bytes[synced.offset(1) + 9] ^= 1;
        MemoryDisk memory = SampleJournal.diskWith(bytes);
        FaultyDisk disk = new FaultyDisk(memory);
        var quarantined = assertInstanceOf(RecoveredJournal.Quarantined.class, SampleJournal.recover(disk));
        assertEquals(QUARANTINED, quarantined.folder());
        assertEquals(
                "bytes from " + synced.offset(1) + " on are damaged, but were synced up to " + synced.offset(3),
                quarantined.reason());
        assertArrayEquals(bytes, memory.bytes(QUARANTINED.resolve("journal")));
        assertEquals(PathKind.FILE, memory.kind(QUARANTINED.resolve("data")));
        assertEquals(PathKind.NOTHING, memory.kind(SampleJournal.folder()));
        assertEquals(
                List.of(Step.CREATE_FOLDER, Step.SYNC_FOLDER, Step.RENAME, Step.SYNC_FOLDER, Step.SYNC_FOLDER),
                disk.steps());
    }

    @Test
    void journalOfAnotherUploadIsQuarantined() throws IOException {
        byte[] other = new SampleJournal(SampleJournal.OTHER_HEADER).blocks(2).bytes();
        var quarantined = assertInstanceOf(RecoveredJournal.Quarantined.class, SampleJournal.recover(other));
        assertTrue(quarantined.reason().contains("belongs to upload"), quarantined.reason());
    }

    @Test
    void wholeHeaderThatSaysWhatCannotBeIsQuarantined() throws IOException {
        int blockSizeAt = 64;
        int flagsAt = 68;
        int keyLengthAt = 82;
        int userAt = 88;
        for (int place : List.of(blockSizeAt, flagsAt, keyLengthAt, userAt)) {
            byte[] bytes = synced.bytes();
            bytes[place] = (byte) 0xFE;
            sealHeader(bytes);
            assertInstanceOf(RecoveredJournal.Quarantined.class, SampleJournal.recover(bytes), "byte " + place);
        }
    }

    @Test
    void journalOfANewerVersionIsLeftAlone() throws IOException {
        byte[] bytes = synced.bytes();
        bytes[11] = 2;
        sealHeader(bytes);
        FaultyDisk disk = new FaultyDisk(SampleJournal.diskWith(bytes));
        assertEquals(new RecoveredJournal.OtherVersion(2), SampleJournal.recover(disk));
        assertEquals(List.of(), disk.steps());
    }

    @Test
    void damagedVersionIsNotTakenForANewerOne() throws IOException {
        byte[] bytes = synced.bytes();
        bytes[11] = 2;
        assertInstanceOf(RecoveredJournal.Quarantined.class, SampleJournal.recover(bytes));
    }

    @Test
    void headerThatWasNeverSyncedAndIsLostMeansThatNothingWasBegun() throws IOException {
        byte[] bytes = new SampleJournal().blocks(12).bytes();
        Arrays.fill(bytes, 0, 200, (byte) 0);
        for (byte[] journal : List.of(bytes, new byte[0], new byte[4096], new byte[] {'S', 'T', 'E', 'P'})) {
            assertInstanceOf(RecoveredJournal.NeverBegun.class, SampleJournal.recover(journal));
        }
        MemoryDisk disk = new MemoryDisk().with(SampleJournal.folder().resolve("data"));
        assertInstanceOf(RecoveredJournal.NeverBegun.class, SampleJournal.recover(disk));
    }

    @Test
    void headerThatWasSyncedAndIsLostIsQuarantined() throws IOException {
        byte[] bytes = synced.bytes();
        Arrays.fill(bytes, 0, synced.headerLength, (byte) 0);
        assertInstanceOf(RecoveredJournal.Quarantined.class, SampleJournal.recover(bytes));
    }

    @Test
    void blockBeyondThePlanIsNotBelieved() throws IOException {
        byte[] bytes = synced.bytes();
        RecordEncoder encoder =
                new RecordEncoder(SampleJournal.ID, ByteBuffer.wrap(bytes).getInt(bytes.length - 4));
        byte[] beyond = encoder.encode(new JournalRecord.Block(12, 1), 0).array();
        assertEquals(Truth.after(8, synced), Truth.of(usable(SampleJournal.recover(join(bytes, beyond)))));
    }

    @Test
    void lostBlockIsMissingUntilItIsReceivedAgain() throws IOException {
        SampleJournal journal = new SampleJournal().blocks(12).lost(3).lost(5).blocks(4);
        RecoveredJournal.Usable usable = usable(SampleJournal.recover(journal.bytes()));
        assertEquals(Truth.after(journal.records.size(), journal), Truth.of(usable));
        assertTrue(usable.blocks().contains(3));
        assertFalse(usable.blocks().contains(5));
    }

    @Test
    void headerIsReadFromAJournalWhoseTailIsTorn() throws IOException {
        assertEquals(SampleJournal.HEADER, header(synced.bytes()));
        assertEquals(SampleJournal.HEADER, header(Arrays.copyOf(synced.bytes(), synced.length() - 1)));
    }

    private static JournalHeader header(byte[] journal) throws IOException {
        return SampleJournal.recovery(SampleJournal.diskWith(journal))
                .header(SampleJournal.ID)
                .orElseThrow();
    }

    @Test
    void missingOrDamagedHeaderIsLeftToRecovery() throws IOException {
        byte[] bytes = synced.bytes();
        bytes[30]++;
        assertTrue(SampleJournal.recovery(SampleJournal.diskWith(bytes))
                .header(SampleJournal.ID)
                .isEmpty());
        assertTrue(SampleJournal.recovery(new MemoryDisk())
                .header(SampleJournal.ID)
                .isEmpty());
    }

    @Test
    void headerOfALongJournalIsReadAtOnce() throws IOException {
        MemoryDisk disk =
                SampleJournal.diskWith(new SampleJournal().blocks(10_000).sync().bytes());
        assertEquals(
                SampleJournal.HEADER,
                SampleJournal.recovery(disk).header(SampleJournal.ID).orElseThrow());
        MemoryFile file = (MemoryFile) disk.openForReading(SampleJournal.journalPath());
        assertTrue(file.reads() <= 2, () -> file.reads() + " reads");
    }

    @Test
    void longJournalIsReadThroughASmallWindow() throws IOException {
        SampleJournal journal = new SampleJournal().blocks(4_000).sync().blocks(4_000);
        byte[] bytes = journal.bytes();
        bytes[journal.offset(4_000)]++;
        for (byte[] readable : List.of(journal.bytes(), bytes)) {
            MemoryDisk disk = SampleJournal.diskWith(readable);
            MemoryFile file = (MemoryFile) disk.openForReading(SampleJournal.journalPath());
            usable(SampleJournal.recover(disk));
            assertTrue(file.largestRead() <= 64 << 10, () -> file.largestRead() + " bytes at once");
            assertTrue(file.reads() <= 15, () -> file.reads() + " reads");
        }
    }

    @Test
    void recoveredJournalIsContinuedWhereItWasCut() throws IOException {
        MemoryDisk disk = SampleJournal.diskWith(Arrays.copyOf(synced.bytes(), synced.length() - 1));
        var usable = usable(SampleJournal.recover(disk));
        try (DiskFile file = disk.openForWriting(SampleJournal.journalPath())) {
            JournalWriter.resume(file, usable).append(synced.records.get(7).content());
        }
        assertArrayEquals(synced.bytes(), disk.bytes(SampleJournal.journalPath()));
    }

    private static RecoveredJournal.Usable usable(RecoveredJournal recovered) {
        return assertInstanceOf(RecoveredJournal.Usable.class, recovered);
    }

    private static Path torn(int number) {
        return SampleJournal.folder().resolve("journal.torn-" + number);
    }

    /** Makes the CRC of a header right that was tampered with. */
    private static void sealHeader(byte[] journal) {
        int length = ByteBuffer.wrap(journal).getInt(12);
        ByteBuffer header = ByteBuffer.wrap(journal, 0, length).slice();
        header.putInt(length - JournalFormat.CRC_BYTES, HeaderEncoder.crcOf(header));
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }
}
