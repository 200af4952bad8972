package dev.step.jmh;

import dev.step.protocol.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One block through a digest or a checksum, from memory on the heap and off it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HashBenchmark {
    private static final long SEED = 5;

    @Param({"20480", "1048576"})
    private int blockBytes;

    @Param({"false", "true"})
    private boolean direct;

    private final MessageDigest md5 = DigestAlgorithm.MD5.start();
    private final MessageDigest sha256 = DigestAlgorithm.SHA_256.start();
    private ByteBuffer block = ByteBuffer.allocate(0);

    @Setup
    public void fill() {
        byte[] bytes = new byte[blockBytes];
        new Random(SEED).nextBytes(bytes);
        block = direct ? ByteBuffer.allocateDirect(blockBytes).put(bytes) : ByteBuffer.wrap(bytes);
    }

    @Benchmark
    public MessageDigest md5() {
        md5.update(block.clear());
        return md5;
    }

    @Benchmark
    public MessageDigest sha256() {
        sha256.update(block.clear());
        return sha256;
    }

    @Benchmark
    public long crc32c() {
        CRC32C crc = new CRC32C();
        crc.update(block.clear());
        return crc.getValue();
    }
}
