package dev.step.daemon.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.FaultyDisk;
import dev.step.daemon.disk.MemoryDisk;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class JournalInspectorTest {
    private static final byte[] DATA = new byte[11 * 4096 + 1];
    private static final Path DATA_PATH = SampleJournal.folder().resolve("data");
    private static final Path QUARANTINED =
            SampleJournal.ROOT.resolve("quarantine").resolve(SampleJournal.ID.toString());

    static {
        for (int i = 0; i < DATA.length; i++) {
            DATA[i] = (byte) (i * 31 + i / 4096);
        }
    }

    private final List<String> lines = new ArrayList<>();

    @Test
    void listHasALineForEachUploadInTheOrderTheyWereBegun() throws IOException {
        UploadId empty = new UploadId(0, 7);
        MemoryDisk disk = disk(received(5).bytes())
                .with(folder(new UploadId(1, 2)).resolve("journal"), later().bytes())
                .with(folder(empty).resolve("data"));
        disk.createFolder(SampleJournal.ROOT.resolve("uploads").resolve("lost+found"));
        inspector(disk).list(lines::add);
        assertEquals(
                List.of(
                        "ID                                USER  KEY               SIZE   BLOCKS  DONE  AGE  STATE",
                        SampleJournal.ID + "  ann   photos/été.jpg    45057  5/12    41%   3 d  unfinished",
                        "00000000000000010000000000000002  \"\"    \"a b\\u{202e}\\\"c\"  0      0/0     100%  2 h  all blocks received",
                        empty + "  -     -                 -      -       -     -    never begun"),
                lines);
    }

    @Test
    void theContentOfAFileOfOneBlockOnItsWayIsNoUpload() throws IOException {
        MemoryDisk disk = disk(received(5).bytes()).with(folder(new UploadId(1, 2)));
        assertTrue(inspector(disk).check(lines::add), lines::toString);
        assertEquals("uploads: 1, damaged: 0", lines.get(lines.size() - 1));
    }

    private static SampleJournal later() {
        return new SampleJournal(new JournalHeader(
                new UploadIdentity(new UploadId(1, 2), 0, 43, Instant.ofEpochMilli(1_700_250_000_000L)),
                new UploadTarget(new UserName(""), new Key("a b\u202E\"c"), false),
                new BlockPlan(0, 4096),
                ContentCheck.CORE,
                ClientFile.UNKNOWN));
    }

    @Test
    void listNamesTornTailsDamageAndOtherVersions() throws IOException {
        SampleJournal journal = received(5);
        byte[] torn = Arrays.copyOf(journal.bytes(), journal.length() - 1);
        byte[] damaged = received(5).sync().blocks(1).bytes();
        damaged[journal.offset(1)]++;
        assertEquals("unfinished, torn tail of 23 bytes", state(torn));
        assertEquals("never begun, torn tail of 50 bytes", state(Arrays.copyOf(torn, 50)));
        assertTrue(state(damaged).startsWith("damaged: bytes from "), state(damaged));
        assertEquals("all blocks received", state(received(12).bytes()));
    }

    private String state(byte[] journal) throws IOException {
        lines.clear();
        inspector(disk(journal)).list(lines::add);
        return lines.get(1).substring(lines.get(0).indexOf("STATE"));
    }

    @Test
    void showPrintsHeaderRecordsAndEnding() throws IOException {
        SampleJournal journal = new SampleJournal()
                .blocks(1)
                .expect(SampleJournal.SHA_256)
                .sync()
                .lost(0);
        byte[] bytes = Arrays.copyOf(journal.bytes(), journal.length() + 8);
        inspector(disk(bytes)).show(SampleJournal.ID, lines::add);
        assertEquals("""
                upload              00112233445566778899aabbccddeeff
                sequence            42
                begun               2023-11-14T22:13:20Z
                user                ann
                key                 photos/été.jpg
                size                45057
                block size          4096
                blocks              12
                replace             true
                digest              sha-256
                verify on publish   true
                expected            MD5 0123456789abcdef0123456789abcdef
                fingerprint         "size:45057 mtime:1600000000"
                modified            2020-09-13T12:26:40.123Z

                    OFFSET      SYNCED  RECORD
                       160           0  block 0, CRC32C 9e3779b9
                       184           0  expect SHA-256 %s
                       248         248  lost block 0
                torn: from 272 on 8 bytes that were never synced and would be cut""".formatted(SampleJournal.SHA_256.hex()), String.join("\n", lines));
    }

    @Test
    void showFindsWhatIsInQuarantineAndOnlyWhatIsThere() throws IOException {
        MemoryDisk disk = disk(received(2).bytes());
        quarantine(disk);
        inspector(disk).show(SampleJournal.ID, lines::add);
        assertTrue(lines.get(lines.size() - 1).startsWith("whole"), lines::toString);
        assertThrows(NoSuchFileException.class, () -> inspector(disk).show(new UploadId(5, 5), lines::add));
    }

    @Test
    void checkIsContentWithBlocksThatAreAsReceived() throws IOException {
        assertTrue(check(disk(received(12).sync().bytes())));
        assertEquals(List.of(SampleJournal.ID + ": good: all blocks received", "uploads: 1, damaged: 0"), lines);
        byte[] bytes = received(3).bytes();
        assertTrue(check(disk(Arrays.copyOf(bytes, bytes.length - 5))), "a torn tail is no damage");
    }

    @Test
    void checkNamesTheBlocksThatAreNotAsReceived() throws IOException {
        byte[] data = DATA.clone();
        data[2 * 4096]++;
        data[4 * 4096 + 5]++;
        data[5 * 4096 + 4095]++;
        assertFalse(check(disk(received(12).bytes()).with(DATA_PATH, data)));
        assertEquals(
                SampleJournal.ID
                        + ": all blocks received; damaged: in the data, 3 of 12 blocks are not as received: 2, 4-5",
                lines.get(0));
    }

    @Test
    void checkMissesDataThatIsShortOrGone() throws IOException {
        byte[] bytes = received(12).bytes();
        assertFalse(check(disk(bytes).with(DATA_PATH, Arrays.copyOf(DATA, DATA.length - 1))));
        MemoryDisk disk = disk(received(11).bytes());
        disk.deleteFile(DATA_PATH);
        assertFalse(check(disk));
    }

    @Test
    void checkKnowsThatPublishingMovesTheDataOfACompleteUpload() throws IOException {
        MemoryDisk disk = disk(received(12).sync().bytes());
        disk.deleteFile(DATA_PATH);
        assertTrue(check(disk));
    }

    @Test
    void checkFindsDamagedJournalsAndThoseInQuarantine() throws IOException {
        byte[] damaged = received(5).sync().blocks(1).bytes();
        damaged[170]++;
        assertFalse(check(disk(damaged)));
        MemoryDisk disk = disk(received(5).bytes());
        quarantine(disk);
        assertFalse(check(disk));
        assertEquals(SampleJournal.ID + ": in quarantine, unfinished", lines.get(0));
    }

    private static void quarantine(MemoryDisk disk) throws IOException {
        disk.createFolder(QUARANTINED.getParent());
        disk.rename(SampleJournal.folder(), QUARANTINED);
    }

    private boolean check(MemoryDisk disk) throws IOException {
        lines.clear();
        disk.openHome(SampleJournal.ROOT.resolve("uploads"));
        FaultyDisk watched = new FaultyDisk(disk);
        boolean good = inspector(watched).check(lines::add);
        assertEquals(List.of(), watched.steps(), "a check changes nothing");
        return good;
    }

    private static JournalInspector inspector(Disk disk) {
        return new JournalInspector(disk, SampleJournal.ROOT, () -> Instant.ofEpochMilli(1_700_260_000_000L));
    }

    /** The first blocks of the data. */
    private static SampleJournal received(int count) {
        SampleJournal journal = new SampleJournal();
        BlockPlan plan = SampleJournal.HEADER.plan();
        for (int i = 0; i < count; i++) {
            CRC32C crc = new CRC32C();
            crc.update(DATA, (int) plan.offset(i), plan.length(i));
            journal.add(new JournalRecord.Block(i, (int) crc.getValue()));
        }
        return journal;
    }

    private static MemoryDisk disk(byte[] journal) {
        return SampleJournal.diskWith(journal).with(DATA_PATH, DATA);
    }

    private static Path folder(UploadId id) {
        return SampleJournal.ROOT.resolve("uploads").resolve(id.toString());
    }
}
