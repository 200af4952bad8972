package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.step.daemon.connection.ConnectionRules;
import dev.step.daemon.connection.Plaintext;
import dev.step.daemon.connection.ServerLimits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a crowd of clients that are slow on purpose cannot take from the others. */
@Timeout(300)
final class SlowCrowdTest {
    private static final int OF_ONE_ADDRESS = 1_000;
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void largeTextsCannotTakeAllMemory() throws IOException {
        int places = (int) (Runtime.getRuntime().maxMemory() / 16 / MIB);
        ByteBuffer lengthsOfOneMebibyte =
                ByteBuffer.allocate(8).putInt(MIB).putInt(0).flip();
        List<SocketChannel> hoarders = new ArrayList<>();
        try (RunningServer server = start();
                RawClient real = server.login("user");
                Selector answered = Selector.open()) {
            for (int i = 0; i < places + 1; i++) {
                SocketChannel hoarder = SocketChannel.open(server.address());
                hoarders.add(hoarder);
                hoarder.write(lengthsOfOneMebibyte.duplicate());
                hoarder.configureBlocking(false).register(answered, SelectionKey.OP_READ);
            }
            assertEquals(1, answered.select(), "one too many, and it is told");
            ByteBuffer answer = ByteBuffer.allocate(4096);
            ((SocketChannel) answered.selectedKeys().iterator().next().channel()).read(answer);
            String words = StandardCharsets.US_ASCII.decode(answer.flip()).toString();
            assertTrue(words.contains("too many large messages"), words);
            expect(404, real.ask("FILE GET", "{'key':'k'}"));
        } finally {
            closeAll(hoarders);
        }
    }

    @Test
    void aThousandHalfOpenConnectionsDoNotDisturbARealClient() throws IOException {
        halfOpenConnectionsDoNotDisturbARealClient(1_000);
    }

    @Test
    @Tag("long")
    void fiveThousandHalfOpenConnectionsDoNotDisturbARealClient() throws IOException {
        halfOpenConnectionsDoNotDisturbARealClient(asManyAsPossible(5_000));
    }

    private void halfOpenConnectionsDoNotDisturbARealClient(int count) throws IOException {
        byte[] login = RawClient.frame(RawClient.loginFields("mallory").toString());
        List<SocketChannel> halfOpen = new ArrayList<>();
        try (RunningServer server = start()) {
            for (int i = 0; i < count; i++) {
                halfOpen.add(connect(server, i, ByteBuffer.wrap(login, 0, i % login.length)));
            }
            assertRealClientWorks(server, halfOpen);
        } finally {
            closeAll(halfOpen);
        }
    }

    @Test
    void aThousandSlowSendersOfBlocksDoNotDisturbARealClient() throws IOException {
        slowSendersOfBlocksDoNotDisturbARealClient(1_000);
    }

    @Test
    @Tag("long")
    void fiveThousandSlowSendersOfBlocksDoNotDisturbARealClient() throws IOException {
        slowSendersOfBlocksDoNotDisturbARealClient(asManyAsPossible(5_000));
    }

    private void slowSendersOfBlocksDoNotDisturbARealClient(int count) throws IOException {
        List<SocketChannel> slow = new ArrayList<>();
        try (RunningServer server = start()) {
            byte[] block = new byte[0];
            for (int i = 0; i < count; i++) {
                if (i % OF_ONE_ADDRESS == 0) {
                    block = unfinishedBlock(server, "mallory" + i, 20_480, 20_479);
                }
                slow.add(connect(server, i, ByteBuffer.wrap(block)));
            }
            assertRealClientWorks(server, slow);
        } finally {
            closeAll(slow);
        }
    }

    /** Blocks of 1 MiB, for which there are few buffers. */
    @Test
    void slowSendersOfOneUserDoNotDisturbAnother() throws IOException {
        List<SocketChannel> slow = new ArrayList<>();
        try (RunningServer server = start()) {
            byte[] block = unfinishedBlock(server, "mallory", MIB, 1);
            for (int i = 0; i < 300; i++) {
                slow.add(connect(server, i, ByteBuffer.wrap(block)));
            }
            int last = slow.get(slow.size() - 1).socket().getLocalPort();
            SocketQueues.awaitRead(last, server.address().getPort());
            try (RawClient real = server.loginWithFeatures("alice")) {
                byte[] content = Content.of(3 * MIB, 5);
                expect(
                        200,
                        real.ask("FILE SAVE", "{'key':'k','size':" + content.length + ",'block_size':" + MIB + "}"));
                for (int i = 0; i < 3; i++) {
                    expect(200, real.putBlock("k", content, i, MIB));
                }
                expect(200, real.ask("FILE DOWNLOAD", "{'key':'k','block_index':1,'block_size':" + MIB + "}"));
            }
        } finally {
            closeAll(slow);
        }
    }

    /** The beginning of a request to upload a block of a file that it announces. */
    private static byte[] unfinishedBlock(RunningServer server, String user, int blockBytes, int sent)
            throws IOException {
        try (RawClient client = server.loginWithFeatures(user)) {
            expect(
                    200,
                    client.ask("FILE SAVE", "{'key':'k','size':" + blockBytes + ",'block_size':" + blockBytes + "}"));
            String upload = "{\"type\":\"FILE\",\"operation\":\"UPLOAD\",\"direction\":\"REQUEST\",\"key\":\"k\","
                    + "\"block_index\":0,\"token\":\"" + client.token() + "\"}";
            byte[] whole = RawClient.frame(upload, new byte[blockBytes]);
            return Arrays.copyOf(whole, whole.length - blockBytes + sent);
        }
    }

    /** Fewer if the process may not have the descriptors: each connection takes one at both ends. */
    private static int asManyAsPossible(int count) {
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()
                : count;
        return (int) Math.min(count, (descriptors - 200) / 2);
    }

    /** Connects from one of several addresses, so that none has too many connections, and sends this. */
    private static SocketChannel connect(RunningServer server, int number, ByteBuffer beginning) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.bind(new InetSocketAddress("127.0.1." + (1 + number / OF_ONE_ADDRESS), 0));
        channel.connect(server.address());
        channel.write(beginning);
        return channel;
    }

    private static void assertRealClientWorks(RunningServer server, List<SocketChannel> others) throws IOException {
        try (RawClient real = server.login("alice")) {
            expect(200, real.put("k", Content.of(2_000_000, 5)));
            for (SocketChannel channel : others.subList(0, others.size() / 10)) {
                channel.write(ByteBuffer.wrap(new byte[] {' '})); // drop by drop
            }
            expect(200, real.ask("FILE DOWNLOAD", "{'key':'k','block_index':7}"));
        }
    }

    private static void closeAll(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    private RunningServer start() throws IOException {
        return RunningServer.on(
                folder.resolve("store"),
                new InetSocketAddress("127.0.0.1", 0),
                new ConnectionRules(Optional.empty(), Plaintext.LOOPBACK, ServerLimits.DEFAULT));
    }
}
