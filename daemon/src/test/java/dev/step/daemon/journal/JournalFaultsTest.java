package dev.step.daemon.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.Seed;
import dev.step.daemon.disk.MemoryDisk;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Several faults at once. The faults a journal has to survive: bytes flipped; a stretch zeroed, filled with noise,
 * copied from elsewhere in the journal, or removed; the journal cut, or lengthened by noise, zeros, or another
 * journal's bytes.
 */
final class JournalFaultsTest {
    private static final int ROUNDS = 10_000;

    @Test
    void nothingIsClaimedThatWasNotTrueWhateverTheFaults() throws IOException {
        Random random = Seed.random();
        for (int round = 0; round < ROUNDS; round++) {
            check(random, "round " + round);
        }
    }

    private static void check(Random random, String round) throws IOException {
        SampleJournal journal = journal(random);
        byte[] bytes = journal.bytes();
        for (int faults = 1 + random.nextInt(4); faults > 0; faults--) {
            bytes = fault(bytes, random);
        }
        MemoryDisk disk = SampleJournal.diskWith(bytes);
        RecoveredJournal recovered = SampleJournal.recover(disk);
        Truth.checkClaims(recovered, journal, round);
        if (recovered instanceof RecoveredJournal.Usable usable) {
            checkAgain(SampleJournal.recover(disk), usable, round);
        }
    }

    /** What was recovered once stays the same, and has nothing left to cut. */
    private static void checkAgain(RecoveredJournal again, RecoveredJournal.Usable first, String round) {
        assertTrue(
                again instanceof RecoveredJournal.Usable usable
                        && usable.cutBytes() == 0
                        && usable.contents().end().equals(first.contents().end())
                        && Truth.of(usable).equals(Truth.of(first)),
                () -> round + ": a second recovery differs");
    }

    private static SampleJournal journal(Random random) {
        SampleJournal journal = new SampleJournal();
        for (int steps = random.nextInt(8); steps > 0; steps--) {
            switch (random.nextInt(4)) {
                case 0 -> journal.sync();
                case 1 -> journal.expect(random.nextBoolean() ? SampleJournal.MD5 : SampleJournal.SHA_256);
                default -> journal.blocks(random.nextInt(10));
            }
        }
        return random.nextInt(3) == 0 ? journal.blocks(13).sync().lost(3) : journal;
    }

    private static byte[] fault(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(80));
        byte[] noise = new byte[to - from];
        random.nextBytes(noise);
        switch (random.nextInt(8)) {
            case 0, 1 -> flip(bytes, random);
            case 2 -> Arrays.fill(bytes, from, to, (byte) 0);
            case 3 -> System.arraycopy(noise, 0, bytes, from, noise.length);
            case 4 ->
                System.arraycopy(bytes, from, bytes, random.nextInt(bytes.length - noise.length + 1), noise.length);
            case 5 -> {
                return join(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
            }
            case 6 -> {
                return Arrays.copyOf(bytes, random.nextBoolean() ? from : bytes.length + random.nextInt(100));
            }
            default -> {
                return join(bytes, random.nextBoolean() ? noise : otherJournal(random));
            }
        }
        return bytes;
    }

    private static void flip(byte[] bytes, Random random) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private static byte[] otherJournal(Random random) {
        byte[] other = new SampleJournal(SampleJournal.OTHER_HEADER)
                .blocks(5)
                .sync()
                .blocks(5)
                .bytes();
        return Arrays.copyOfRange(other, random.nextInt(30) * 8 % other.length, other.length);
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }
}
