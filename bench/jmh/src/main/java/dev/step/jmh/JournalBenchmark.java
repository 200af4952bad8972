package dev.step.jmh;

import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.journal.ClientFile;
import dev.step.daemon.journal.ContentCheck;
import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.journal.JournalRecord;
import dev.step.daemon.journal.JournalWriter;
import dev.step.daemon.journal.UploadIdentity;
import dev.step.daemon.journal.UploadTarget;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One record of a block, appended to a real file in the folder for temporary files, without and with a sync. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalBenchmark {
    private static final long SEED = 5;
    private static final int BLOCKS = 1 << 20;
    private static final int BLOCK_BYTES = 20_480;

    private final Random random = new Random(SEED);
    private Path folder = Path.of("");
    private int next;

    @SuppressWarnings("NullAway.Init") // @Setup comes first
    private JournalWriter writer;

    @Setup(Level.Iteration) // or the file would grow for as long as there is time
    public void begin() throws IOException {
        folder = Files.createTempDirectory("journal");
        UploadTarget target = new UploadTarget(new UserName("user"), new Key("folder/file.bin"), false);
        writer = JournalWriter.begin(
                new RealDisk().create(folder.resolve("journal")),
                new JournalHeader(
                        UploadIdentity.fresh(random, 1, Instant.ofEpochMilli(0)),
                        target,
                        new BlockPlan((long) BLOCKS * BLOCK_BYTES, BLOCK_BYTES),
                        ContentCheck.CORE,
                        ClientFile.UNKNOWN));
    }

    @TearDown(Level.Iteration)
    public void remove() throws IOException {
        writer.close();
        Files.delete(folder.resolve("journal"));
        Files.delete(folder);
    }

    @Benchmark
    public void append() throws IOException {
        writer.append(record());
    }

    @Benchmark
    public void appendAndSync() throws IOException {
        writer.append(record());
        writer.sync();
    }

    private JournalRecord record() {
        next = (next + 1) % BLOCKS;
        return new JournalRecord.Block(next, next);
    }
}
