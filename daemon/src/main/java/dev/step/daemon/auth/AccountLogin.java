package dev.step.daemon.auth;

import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import dev.step.protocol.message.Login;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who has an account and knows its password; what an admin changes counts at once. */
public final class AccountLogin implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(AccountLogin.class);
    /** Each takes 19 MiB and a processor; one is left for those who are logged in. */
    private static final int HASHES_AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    private static final int HASH_WAIT_SECONDS = 20;

    private final Accounts accounts;
    private final SignedTokens tokens;
    private final LoginThrottle throttle;
    private final PasswordCheck passwords = new PasswordCheck();
    private final Semaphore hashing = new Semaphore(HASHES_AT_ONCE, true);

    /** @param clock what failed logins are remembered by */
    public AccountLogin(Accounts accounts, SignedTokens tokens, Clock clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.throttle = new LoginThrottle(clock);
    }

    @Override
    public String login(Login login, InetAddress from) throws RefusedException {
        UserName user = UserName.of(login.username());
        throttle.check(user, from); // before waiting, so that guesses do not make a queue
        awaitTurn();
        try {
            throttle.check(user, from); // what failed meanwhile counts
            Account account = verified(user, login.passwordMd5(), from);
            return tokens.issue(user, login.features().isPresent(), account.epoch());
        } finally {
            hashing.release();
        }
    }

    private void awaitTurn() throws RefusedException {
        try {
            if (hashing.tryAcquire(HASH_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RefusedException(Status.TOO_MANY, "Too many logins at once. Please try again.");
    }

    private Account verified(UserName user, String passwordMd5, InetAddress from) throws RefusedException {
        Optional<Account> account = find(user);
        boolean right = passwords.isRight(account, passwordMd5);
        if (!right) {
            accounts.lookAgain();
            Optional<Account> before = account;
            account = find(user);
            right = !account.equals(before) && passwords.isRight(account, passwordMd5);
        }
        if (!right) {
            throttle.failed(user, from);
            throw new RefusedException(Status.WRONG_PASSWORD, "Password error for login.");
        }
        throttle.succeeded(user);
        Account known = account.orElseThrow();
        if (!known.password().isCurrent()) {
            rehash(known, passwordMd5);
        }
        return known;
    }

    private void rehash(Account account, String passwordMd5) {
        try {
            accounts.rehash(account, PasswordHash.of(passwordMd5));
        } catch (IOException e) {
            LOG.warn("A password keeps its old hash until its user logs in again: {}", e.getMessage());
        }
    }

    @Override
    public Caller caller(String token, ShownToken last) throws RefusedException {
        SignedTokens.Claim claim =
                tokens.claim(token, last).orElseThrow(() -> refused("Token format is wrong. Please log in again."));
        if (!isCurrent(claim)) {
            accounts.lookAgain(); // another server may have issued it for what the account is by now
            if (!isCurrent(claim)) {
                throw refused("Token is no longer good: the account was changed. Please log in again.");
            }
        }
        return claim.caller();
    }

    private boolean isCurrent(SignedTokens.Claim claim) throws RefusedException {
        return find(claim.caller().user())
                .filter(account -> !account.disabled() && account.epoch() == claim.epoch())
                .isPresent();
    }

    /** Nobody gets in while it is not known who may. */
    private Optional<Account> find(UserName user) throws RefusedException {
        try {
            return accounts.find(user);
        } catch (IOException e) {
            LOG.error("Nobody can log in: {}", e.getMessage());
            throw new RefusedException(Status.SERVER_FAILED, "The server cannot read its accounts; its log says why.");
        }
    }

    private static RefusedException refused(String message) {
        return new RefusedException(Status.UNAUTHORIZED, message);
    }
}
