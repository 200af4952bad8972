package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.StepServer;
import dev.step.daemon.auth.OpenLogin;
import dev.step.daemon.auth.SignedTokens;
import dev.step.protocol.Key;
import dev.step.protocol.message.SaveFile;
import dev.step.protocol.message.SaveOptions;
import dev.step.protocol.message.UploadBlock;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** A server whose client sends ahead of the answers. */
@Timeout(60)
final class PipelineTest {
    private static final Key KEY = new Key("k");
    private static final int BLOCK = 1_000;
    private static final int BLOCKS = 8;

    private StandInS3 s3;
    private StepServer server;
    private WireClient client;

    @BeforeEach
    void start() throws IOException {
        s3 = new StandInS3();
        server = StepServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                S3Store.open(s3.storage(), Duration.ofDays(7), InstantSource.system()),
                new OpenLogin(SignedTokens.withFreshKey(Duration.ofHours(1), Clock.systemUTC())));
        client = WireClient.connect(server.address(), "user");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
        s3.close();
    }

    /** The plan, and the first blocks behind it: the server finds them all when it has answered the plan. */
    private void sendAhead(int blocks) throws IOException {
        sendAhead(blocks, () -> {});
    }

    private void sendAhead(int blocks, Executable behind) throws IOException {
        CountDownLatch sent = new CountDownLatch(1);
        s3.fail(request -> {
            if (request.name().contains("uploads/")) {
                assertDoesNotThrow(() -> sent.await());
            }
            return Optional.empty();
        });
        client.hold(save(KEY), ByteBuffer.allocate(0));
        for (int i = 0; i < blocks; i++) {
            client.hold(UploadBlock.plain(KEY, i), ByteBuffer.allocate(BLOCK));
        }
        client.send();
        assertDoesNotThrow(behind);
        sent.countDown();
    }

    private static SaveFile save(Key key) {
        SaveOptions options = SaveOptions.inBlocksOf(OptionalInt.of(BLOCK));
        return new SaveFile(Optional.of(key), (long) BLOCKS * BLOCK, options);
    }

    private void granted(JsonObject answer) {
        assertEquals(200, answer.get("status").getAsInt(), answer::toString);
    }

    @Test
    void blocksThatAreThereAlreadyAreStoredTogetherAndAnsweredInOrder() throws Exception {
        sendAhead(BLOCKS);
        granted(client.answer());
        for (int i = 0; i < BLOCKS; i++) {
            JsonObject answer = client.answer();
            granted(answer);
            assertEquals(i, answer.get("block_index").getAsInt());
            assertEquals(i == BLOCKS - 1, answer.has("md5"), answer::toString);
        }
        assertEquals(1, s3.names("content/").size());
    }

    @Test
    void whoWaitsForEachAnswerGetsItAtOnce() throws Exception {
        granted(client.ask(save(KEY)));
        for (int i = 0; i < BLOCKS; i++) {
            granted(client.ask(UploadBlock.plain(KEY, i), ByteBuffer.allocate(BLOCK)));
        }
        assertEquals(BLOCKS, s3.names("content/").size());
    }

    @Test
    void refusalsAreInOrderToo() throws Exception {
        client.hold(save(KEY), ByteBuffer.allocate(0));
        client.hold(UploadBlock.plain(KEY, 0), ByteBuffer.allocate(BLOCK));
        client.hold(UploadBlock.plain(KEY, 1), ByteBuffer.allocate(BLOCK - 1));
        client.hold(UploadBlock.plain(new Key("other"), 0), ByteBuffer.allocate(BLOCK));
        client.hold(UploadBlock.plain(KEY, 2), ByteBuffer.allocate(BLOCK));
        client.hold(save(new Key("another")), ByteBuffer.allocate(0));
        client.send();
        int[] expected = {200, 200, 406, 408, 200, 200};
        for (int status : expected) {
            assertEquals(status, client.answer().get("status").getAsInt());
        }
    }

    @Test
    void blocksOfAClientThatIsGoneAreStoredAllTheSame() throws Exception {
        sendAhead(3, client::endInsideAMessage);
        granted(client.answer());
        assertThrows(EOFException.class, client::answer);
        assertEquals(1, s3.names("content/").size());
    }

    @Test
    void planForAKeyWhoseBlocksAreUnderWayComesBehindThem() throws Exception {
        sendAhead(BLOCKS);
        client.hold(save(KEY), ByteBuffer.allocate(0));
        client.send();
        for (int i = 0; i <= BLOCKS; i++) {
            granted(client.answer());
        }
        assertEquals(402, client.answer().get("status").getAsInt());
        assertTrue(s3.names("uploads/").isEmpty());
    }
}
