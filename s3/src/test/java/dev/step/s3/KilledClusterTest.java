package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.step.daemon.Seed;
import dev.step.protocol.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients of real servers' processes, of which some die meanwhile, as do some of the object storage's: {@code s3/check-kills}
 * starts and kills them, and says where they are.
 */
@Timeout(600)
final class KilledClusterTest {
    private static final int USERS = 3;
    /** Any client waits a little before it asks a server again that has not answered. */
    private static final int PAUSE_MILLIS = 200;

    @Test
    void nothingAnsweredIsLostWhateverIsKilled() throws Exception {
        Map<String, String> environment = System.getenv();
        String servers = environment.get("STEP_SERVERS");
        assumeTrue(servers != null, "needs servers to kill: s3/check-kills starts some");
        Path enough = Path.of(environment.get("STEP_ENOUGH"));
        S3Location place = S3Location.parse(environment.get("STEP_STORE"));
        URI endpoint = URI.create(environment.get("STEP_S3_ENDPOINT"));
        Random random = Seed.random();
        List<Callable<Integer>> work = new ArrayList<>();
        try (ObjectStorage bucket = S3ObjectStorage.open(place, Optional.of(endpoint));
                Together together = new Together()) {
            for (int i = 0; i < USERS; i++) {
                WireUser user = new WireUser("user" + i, address(servers), bucket, random.nextLong());
                work.add(() -> useUntil(enough, user));
            }
            List<Integer> unanswered = together.all(work);
            System.out.println("requests that were not answered: " + unanswered);
            assertTrue(unanswered.stream().anyMatch(count -> count > 0), "nothing was killed at work");
        }
    }

    private static InetSocketAddress address(String text) {
        HostAndPort servers = HostAndPort.parse(text);
        return new InetSocketAddress(servers.host(), servers.port());
    }

    /** How many requests were not answered. */
    private static int useUntil(Path enough, WireUser user) throws IOException, InterruptedException {
        int unanswered = 0;
        try (user) {
            while (!Files.exists(enough)) {
                if (!user.work()) {
                    unanswered++;
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
            user.finish();
        }
        return unanswered;
    }
}
