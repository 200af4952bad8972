package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.step.daemon.auth.AccountLogin;
import dev.step.daemon.auth.AccountQuotas;
import dev.step.daemon.auth.Accounts;
import dev.step.daemon.auth.Authenticator;
import dev.step.daemon.auth.Caller;
import dev.step.daemon.auth.OwnQuota;
import dev.step.daemon.auth.ShownToken;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.auth.TokenKeys;
import dev.step.protocol.Digest;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import dev.step.protocol.message.Login;
import dev.step.protocol.message.Quota;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Two servers that let in who has an account in the bucket, and an admin who edits them somewhere else. */
@Timeout(60)
final class SharedAccountsTest {
    private static final UserName ALICE = new UserName("alice");
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();
    private StandInS3 s3;
    private ObjectStorage storage;
    private Accounts admin;
    private Server one;
    private Server other;

    /** What a server knows of accounts and keys. */
    private record Server(Accounts accounts, Authenticator login, ShownToken last) {
        /** Who the token was given to, asked as one connection asks again and again. */
        Caller caller(String token) throws RefusedException {
            return login.caller(token, last);
        }
    }

    @BeforeEach
    void start() throws IOException {
        s3 = new StandInS3();
        storage = s3.storage();
        admin = new Accounts(document(Accounts.NAME));
        admin.add(ALICE, "secret");
        one = server();
        other = server();
    }

    @AfterEach
    void stop() {
        storage.close();
        s3.close();
    }

    private BucketDocument document(String name) {
        return new BucketDocument(storage, name, nanos::get);
    }

    private Server server() throws IOException {
        Clock clock = Clock.systemUTC();
        Accounts accounts = new Accounts(document(Accounts.NAME));
        TokenKeys keys = TokenKeys.in(document(TokenKeys.NAME), clock);
        return new Server(
                accounts,
                new AccountLogin(accounts, SignedTokens.withKeys(keys, Duration.ofHours(1), clock), clock),
                new ShownToken());
    }

    private static String logIn(Server server, String password) throws RefusedException {
        Login login = new Login(ALICE.text(), Digest.md5Hex(password), Optional.of(List.of()));
        return server.login().login(login, InetAddress.getLoopbackAddress());
    }

    private static void refused(Status status, Executable work) {
        assertEquals(status, assertThrows(RefusedException.class, work).status());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void tokenOfOneServerIsGoodForTheOther() throws Exception {
        assertEquals(ALICE, other.caller(logIn(one, "secret")).user());
    }

    @Test
    void disabledAccountIsRefusedByEveryServerAfterTheBound() throws Exception {
        String token = logIn(one, "secret");
        other.caller(token);
        admin.setDisabled(ALICE, true);
        pass(BucketDocument.STALE_AFTER);
        refused(Status.UNAUTHORIZED, () -> other.caller(token));
        refused(Status.UNAUTHORIZED, () -> one.caller(token));
        refused(Status.WRONG_PASSWORD, () -> logIn(other, "secret"));
    }

    @Test
    void newAccountAndNewPasswordAreGoodAtOnce() throws Exception {
        logIn(one, "secret");
        logIn(other, "secret");
        pass(A_WHILE);
        admin.setPassword(ALICE, "fresh");
        String token = logIn(one, "fresh");
        assertEquals(ALICE, other.caller(token).user());
        logIn(other, "fresh");
    }

    @Test
    void tokenSignedWithANewKeyIsGoodAtOnce() throws Exception {
        other.caller(logIn(one, "secret"));
        pass(A_WHILE);
        TokenKeys.in(document(TokenKeys.NAME), Clock.systemUTC()).rotate(Duration.ofHours(1));
        pass(BucketDocument.LOOK_AFTER);
        String token = logIn(one, "secret");
        assertEquals(ALICE, other.caller(token).user());
    }

    @Test
    void revokedKeyIsRefusedByEveryServerAfterTheBound() throws Exception {
        String token = logIn(one, "secret");
        other.caller(token);
        TokenKeys.in(document(TokenKeys.NAME), Clock.systemUTC()).rotate(Duration.ZERO);
        pass(BucketDocument.STALE_AFTER);
        refused(Status.UNAUTHORIZED, () -> other.caller(token));
        refused(Status.UNAUTHORIZED, () -> one.caller(token));
    }

    @Test
    void ownQuotaCountsOnEveryServerAfterTheBound() throws Exception {
        AccountQuotas quotas = new AccountQuotas(other.accounts(), Quota.NONE);
        assertEquals(Quota.NONE, quotas.of(ALICE));
        admin.setQuota(ALICE, old -> new OwnQuota(OptionalLong.of(1_000), OptionalLong.empty(), OptionalLong.empty()));
        pass(BucketDocument.STALE_AFTER);
        assertEquals(OptionalLong.of(1_000), quotas.of(ALICE).bytes());
    }

    @Test
    void nobodyIsLetInByServersThatCannotKnowAnyMore() throws Exception {
        String token = logIn(one, "secret");
        s3.fail(request -> Optional.of(StandInS3.Failure.STATUS_503));
        pass(BucketDocument.STALE_AFTER);
        refused(Status.SERVER_FAILED, () -> one.caller(token));
        s3.failNothing();
        assertEquals(ALICE, one.caller(token).user());
    }
}
