package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that stops while clients go on coming. */
final class ServerStopTest {
    private static final int MORE_THAN_WERE_UNDER_WAY = 100;

    @TempDir
    Path folder;

    /** A connection that was accepted at the last moment must not be left behind. */
    @RepeatedTest(30)
    @Timeout(60)
    void noConnectionOutlivesTheServer() throws Exception {
        RunningServer server = RunningServer.on(folder.resolve("store"));
        InetSocketAddress address = server.address();
        CountDownLatch someoneIsIn = new CountDownLatch(1);
        CompletableFuture<RawClient> last = CompletableFuture.supplyAsync(() -> lastWhoGotIn(address, someoneIsIn));
        someoneIsIn.await();
        server.close();
        try (RawClient client = last.get()) {
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < MORE_THAN_WERE_UNDER_WAY; i++) {
                    client.ask("FILE GET", "{'key':'k'}");
                }
            });
        }
    }

    /** Connects again and again until nobody listens. */
    private static RawClient lastWhoGotIn(InetSocketAddress address, CountDownLatch someoneIsIn) {
        RawClient last = null;
        while (true) {
            try {
                RawClient next = RawClient.connect(address);
                if (last != null) {
                    last.close();
                }
                last = next;
                someoneIsIn.countDown();
                next.login("user");
            } catch (IOException refused) {
                if (last != null) {
                    return last;
                }
            }
        }
    }
}
