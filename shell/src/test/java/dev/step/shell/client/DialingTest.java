package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.step.protocol.HostAndPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that takes connections and never says a word. */
@Timeout(30)
class DialingTest {
    private final CountDownLatch waiting = new CountDownLatch(1);
    private ServerSocket silent;
    private HostAndPort address;
    private Dialer dialer;

    @BeforeEach
    void listen() throws Exception {
        silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        address = new HostAndPort("127.0.0.1", silent.getLocalPort());
        dialer = Dialer.DEFAULT.with((server, channel) -> {
            waiting.countDown();
            channel.read(ByteBuffer.allocate(1)); // as a handshake would
            return Optional.empty();
        });
    }

    @AfterEach
    void stop() throws Exception {
        silent.close();
    }

    @Test
    void aConnectionThatIsBeingMadeCanBeGivenUp() throws Exception {
        Dialing dialing = new Dialing(dialer);
        assertCancelled(() -> dialing.dial(address).close(), dialing::cancel);
    }

    @Test
    void aLoginThatIsUnderWayCanBeGivenUp() throws Exception {
        Target target = Target.of(address, "alice");
        try (Connector connector = new Connector(() -> target, dialer, PasswordSource.USER_NAME, notice -> {})) {
            assertCancelled(connector::session, connector::cancel);
            connector.resume();
            assertEquals(Optional.empty(), connector.current());
        }
    }

    @Test
    void aServerThatIsNotThereDoesNotEndTheSessionThatIs() throws Exception {
        try (FakeServer server = new FakeServer()) {
            Target target = Target.of(server.address(), "alice");
            try (Connector connector =
                    new Connector(() -> target, Dialer.DEFAULT, PasswordSource.USER_NAME, notice -> {})) {
                Session session = connector.session();
                silent.close();
                assertThrows(ClientException.class, () -> connector.connect(address));
                assertEquals(Optional.of(session), connector.current());
            }
        }
    }

    /** What takes for ever. */
    private interface Work {
        void run() throws Exception;
    }

    private void assertCancelled(Work work, Runnable cancel) throws Exception {
        FutureTask<Void> running = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        new Thread(running, "dialing").start();
        waiting.await();
        cancel.run();
        ExecutionException e = assertThrows(ExecutionException.class, running::get);
        assertEquals(Problem.CANCELLED, ((ClientException) e.getCause()).problem());
    }
}
