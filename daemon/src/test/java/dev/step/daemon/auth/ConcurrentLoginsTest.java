package dev.step.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.RefusedException;
import dev.step.protocol.message.Login;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many who log in at once. */
@Timeout(120)
final class ConcurrentLoginsTest {
    private static final int CLIENTS = 4 * Runtime.getRuntime().availableProcessors();
    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();

    @Test
    void fewPasswordsAreHashedAtOnce() throws Exception {
        AccountLogin logins = new AccountLogin(
                new Accounts(folder.resolve("accounts")), SignedTokens.withFreshKey(Duration.ofHours(1), clock), clock);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Login login = Login.withPassword("user " + i, "guess", List.of());
            clients.add(new Thread(() ->
                    assertThrows(RefusedException.class, () -> logins.login(login, InetAddress.getLoopbackAddress()))));
        }
        clients.forEach(Thread::start);
        long most = 0;
        while (clients.stream().anyMatch(Thread::isAlive)) {
            most = Math.max(most, hashing(clients));
        }
        assertTrue(most > 0 && most <= AT_ONCE, most + " at once");
    }

    /** How many are at it in one moment, which is the same for all of them. */
    private static long hashing(List<Thread> clients) {
        Map<Thread, StackTraceElement[]> moment = Thread.getAllStackTraces();
        return clients.stream()
                .map(client -> moment.getOrDefault(client, new StackTraceElement[0]))
                .filter(ConcurrentLoginsTest::isHashing)
                .count();
    }

    private static boolean isHashing(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().contains("Argon2"));
    }
}
