package dev.step.s3;

import dev.step.daemon.Seed;
import dev.step.daemon.StepServer;
import dev.step.daemon.auth.Authenticator;
import dev.step.daemon.auth.OpenLogin;
import dev.step.daemon.auth.SignedTokens;
import dev.step.s3.StandInS3.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients of two servers, to which their connections are dealt out in turn, and which now and then cannot answer. */
@Timeout(120)
final class FaultyServersTest {
    private static final int ACTIONS = 25;
    /** More than the attempts at one request. */
    private static final int LONG_FAILURE = 6;

    @Test
    void whatWasAnsweredIsSoWhicheverServerIsAsked() throws IOException {
        Random random = Seed.random();
        Authenticator login = new OpenLogin(SignedTokens.withFreshKey(Duration.ofHours(1), Clock.systemUTC()));
        try (StandInS3 s3 = new StandInS3();
                ObjectStorage bucket = s3.storage();
                StepServer one = server(s3, login);
                StepServer other = server(s3, login);
                RoundRobin balancer = new RoundRobin(List.of(one.address(), other.address()))) {
            InetSocketAddress servers = new InetSocketAddress(InetAddress.getLoopbackAddress(), balancer.port());
            try (WireUser user = new WireUser("ann", servers, bucket, random.nextLong())) {
                failNowAndThen(s3, new Random(random.nextLong()));
                for (int action = 0; action < ACTIONS; action++) {
                    user.work();
                }
                s3.failNothing();
                user.finish();
            }
        }
    }

    private static StepServer server(StandInS3 s3, Authenticator login) throws IOException {
        return StepServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                S3Store.open(s3.storage(), Duration.ofDays(7), InstantSource.system()),
                login);
    }

    private static void failNowAndThen(StandInS3 s3, Random random) {
        int[] left = {0};
        s3.fail(request -> {
            synchronized (left) {
                if (left[0] == 0 && random.nextInt(100) == 0) {
                    left[0] = LONG_FAILURE;
                }
                left[0] = Math.max(0, left[0] - 1);
                return left[0] > 0 ? Optional.of(Failure.STATUS_503) : Optional.empty();
            }
        });
    }
}
