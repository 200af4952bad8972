package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static dev.step.daemon.ServerTest.text;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.step.daemon.auth.AccountLogin;
import dev.step.daemon.auth.Accounts;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.disk.WatchedFile;
import dev.step.protocol.Digest;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the log says, with everything switched on, when clients misbehave and things fail. */
final class SecretsInLogTest {
    private static final String PASSWORD = "s3cret-password";

    @TempDir
    Path folder;

    @Test
    void logHoldsNoPasswordNoTokenAndNoHash() throws Exception {
        Path file = folder.resolve("accounts");
        Accounts accounts = new Accounts(file);
        accounts.add(new UserName("alice"), PASSWORD);
        String hash = Files.readString(file).replaceAll("(?s).*\\$([^$]+)\",\"epoch.*", "$1");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.step");
        Level before = logger.getLevel();
        log.start();
        logger.setLevel(Level.ALL);
        logger.addAppender(log);
        try {
            misbehave(file, accounts, hash);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(before);
        }
        String all = everything(log.list);
        assertTrue(all.contains("Nobody can log in") && all.contains("broke the protocol"), all);
        for (String secret : List.of(
                PASSWORD, "wrong-password", Digest.md5Hex(PASSWORD), Digest.md5Hex("wrong-password"), hash, "S1.")) {
            assertFalse(all.contains(secret), secret);
        }
    }

    private void misbehave(Path file, Accounts accounts, String hash) throws IOException {
        SignedTokens tokens = SignedTokens.withFreshKey(Duration.ofHours(1), Clock.systemUTC());
        AccountLogin logins = new AccountLogin(accounts, tokens, Clock.systemUTC());
        try (RunningServer server = RunningServer.on(folder.resolve("store"), logins);
                RawClient client = server.connect()) {
            JsonObject login = RawClient.loginFields("alice", PASSWORD);
            login.add("features", new JsonArray());
            client.useToken(text(expect(200, client.ask(login)), "token"));
            expect(404, client.ask("FILE GET", "{'key':'k'}"));
            expect(401, client.ask(RawClient.loginFields("alice", "wrong-password")));
            client.sendRaw(RawClient.frame("{\"password\":\"" + PASSWORD));
            expect(400, client.answer());
            Files.writeString(file, "damaged: " + hash);
            WatchedFile.awaitNoticed();
            expect(500, client.ask(login));
            expect(410, client.ask("FILE GET", "{'key':'k'}"));
            client.sendRaw(RawClient.frame(-1, PASSWORD.getBytes(StandardCharsets.UTF_8)));
            expect(400, client.answer());
        }
    }

    private static String everything(List<ILoggingEvent> events) {
        StringBuilder all = new StringBuilder();
        for (ILoggingEvent event : events) {
            all.append(event.getFormattedMessage()).append('\n');
            if (event.getThrowableProxy() != null) {
                all.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
        return all.toString();
    }
}
