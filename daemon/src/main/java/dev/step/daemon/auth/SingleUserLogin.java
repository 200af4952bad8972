package dev.step.daemon.auth;

import dev.step.protocol.Digest;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import dev.step.protocol.message.Login;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;

/** One user with one password, made for the life of a server: what a shell's embedded server asks for. */
public final class SingleUserLogin implements Authenticator {
    private static final long NO_EPOCH = 0;

    private final UserName user;
    private final byte[] passwordMd5;
    private final SignedTokens tokens;

    public SingleUserLogin(UserName user, String password, SignedTokens tokens) {
        this.user = user;
        this.passwordMd5 = Digest.md5Hex(password).getBytes(StandardCharsets.UTF_8);
        this.tokens = tokens;
    }

    @Override
    public String login(Login login, InetAddress from) throws RefusedException {
        byte[] offered = login.passwordMd5().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        boolean right = MessageDigest.isEqual(passwordMd5, offered);
        if (!right || !login.username().equals(user.text())) {
            throw new RefusedException(Status.WRONG_PASSWORD, "Password error for login.");
        }
        return tokens.issue(user, login.features().isPresent(), NO_EPOCH);
    }

    @Override
    public Caller caller(String token, ShownToken last) throws RefusedException {
        return tokens.claim(token, last)
                .map(SignedTokens.Claim::caller)
                .orElseThrow(() -> new RefusedException(Status.UNAUTHORIZED, "Token format is wrong."));
    }
}
