package dev.step.jmh;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.frame.Frame;
import dev.step.protocol.frame.FrameReader;
import dev.step.protocol.frame.FrameWriter;
import dev.step.protocol.frame.MessageClock;
import dev.step.protocol.message.Envelope;
import dev.step.protocol.message.Request;
import dev.step.protocol.message.UploadBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An UPLOAD request with its block: writing it as a client does, and reading it as the server does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    private static final Optional<String> TOKEN = Optional.of("S1." + "t".repeat(120));

    @Param({"0", "20480", "262144"})
    private int blockBytes;

    private ByteBuffer block = ByteBuffer.allocate(0);
    private RepeatedBytes channel = new RepeatedBytes(new byte[0]);
    private FrameReader reader = FrameReader.ofRequests(channel, MessageClock.PATIENT);
    private final FrameWriter sink = new FrameWriter(new SinkChannel(false));

    @Setup
    public void encode() throws IOException {
        block = ByteBuffer.allocateDirect(blockBytes);
        SinkChannel captured = new SinkChannel(true);
        new FrameWriter(captured).write(request(), block.clear());
        channel = new RepeatedBytes(captured.kept());
        reader = FrameReader.ofRequests(channel, MessageClock.PATIENT);
    }

    @Benchmark
    public void write() throws IOException {
        sink.write(request(), block.clear());
    }

    @Benchmark
    public Request read() throws IOException, RefusedException {
        Frame frame = Objects.requireNonNull(reader.next());
        Request request = Request.read(Envelope.read(frame.fields()));
        reader.readBinary(block.clear());
        return request;
    }

    private static JsonObject request() {
        return UploadBlock.plain(new Key("folder/file.bin"), 12_345).toJson(TOKEN);
    }
}
