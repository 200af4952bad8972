package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.step.daemon.StepServer;
import dev.step.daemon.auth.Authenticator;
import dev.step.daemon.auth.OpenLogin;
import dev.step.daemon.auth.SignedTokens;
import dev.step.testing.Requires;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An outside client checks two servers over one bucket, to which its connections are dealt out in turn. */
@Timeout(300)
final class ConformanceTest {
    private static final Path SCRIPT = Path.of(
                    System.getProperty("step.root", ".."), "../shared/conformance/step_conformance.py")
            .normalize();

    @Test
    void twoServersBehindABalancerAreAsGoodAsOne() throws Exception {
        try (StandInS3 s3 = new StandInS3()) {
            s3.storage().close(); // sets the keys
            checkServersAt(List.of(s3.endpoint(), s3.endpoint()), StandInS3.BUCKET);
        }
    }

    @Test
    void theyAreSoOverARealObjectStorageToo() throws Exception {
        RealBucket bucket = RealBucket.required();
        checkServersAt(bucket.endpoints(), bucket.name());
    }

    private static void checkServersAt(List<URI> endpoints, String bucket) throws Exception {
        Path python = Requires.program("python3", "python3");
        assumeTrue(Files.exists(SCRIPT), () -> "needs a script that checks servers: " + SCRIPT);
        S3Location place = S3Location.parse("s3://" + bucket + "/conformance-" + UUID.randomUUID());
        Authenticator login = new OpenLogin(SignedTokens.withFreshKey(Duration.ofHours(1), Clock.systemUTC()));
        try (StepServer one = server(place, endpoints.get(0), login);
                StepServer other = server(place, endpoints.get(1), login);
                RoundRobin balancer = new RoundRobin(List.of(one.address(), other.address()))) {
            check(python, balancer.port());
        }
    }

    private static StepServer server(S3Location place, URI endpoint, Authenticator login) throws IOException {
        return StepServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                S3Store.open(place, Optional.of(endpoint), Duration.ofDays(7)),
                login);
    }

    private static void check(Path python, int port) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        python.toString(), SCRIPT.toString(), "--host", "127.0.0.1", "--port", String.valueOf(port))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(said);
        assertEquals(0, process.waitFor(), said);
    }
}
