package dev.step.daemon.auth;

import dev.step.protocol.Digest;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import dev.step.protocol.message.Login;
import java.net.InetAddress;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The protocol's own rule: the password of a user is the user's name, so anyone may be anyone. Old clients get the
 * tokens that some of them rebuild; clients that name features get ours, which carry that fact.
 */
public final class OpenLogin implements Authenticator {
    private static final long NO_EPOCH = 0;

    private final LegacyTokens legacyTokens = new LegacyTokens(Clock.system(ZoneId.systemDefault()));
    private final SignedTokens signedTokens;

    public OpenLogin(SignedTokens signedTokens) {
        this.signedTokens = signedTokens;
    }

    @Override
    public String login(Login login, InetAddress from) throws RefusedException {
        if (!Digest.md5Hex(login.username()).equalsIgnoreCase(login.passwordMd5())) {
            throw new RefusedException(Status.WRONG_PASSWORD, "Password error for login.");
        }
        // A legacy token separates its parts with dots; both kinds of token have to name the same user.
        UserName user = UserName.of(login.username().replace('.', '_'));
        return login.features().isPresent() ? signedTokens.issue(user, true, NO_EPOCH) : legacyTokens.issue(user);
    }

    @Override
    public Caller caller(String token, ShownToken last) throws RefusedException {
        Optional<Caller> ours = signedTokens.claim(token, last).map(SignedTokens.Claim::caller);
        return ours.isPresent() ? ours.get() : legacyTokens.caller(token, last);
    }
}
