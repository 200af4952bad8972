package dev.step.daemon.auth;

import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Slows down who guesses passwords: one address, whatever the account, and one account, from whatever address. A user
 * who is logged in does not notice.
 */
final class LoginThrottle {
    /** Sustained: a guess a minute. A minute at most, because anybody can have somebody else's account wait. */
    private static final Backoff.Rule ACCOUNT = new Backoff.Rule(10, Duration.ofMinutes(1), Duration.ofMinutes(1));
    /** Sustained: 12 guesses a minute. A class behind one address mistypes a lot, all at the same hour. */
    private static final Backoff.Rule ADDRESS = new Backoff.Rule(100, Duration.ofSeconds(5), Duration.ofMinutes(1));

    private final Backoff<UserName> accounts;
    private final Backoff<Site> addresses;

    LoginThrottle(Clock clock) {
        this.accounts = new Backoff<>(ACCOUNT, clock);
        this.addresses = new Backoff<>(ADDRESS, clock);
    }

    /** Refuses with 429 whom it is too early for. */
    void check(UserName user, InetAddress from) throws RefusedException {
        Duration longest = longer(accounts.wait(user), addresses.wait(Site.of(from)));
        if (!longest.isZero()) {
            throw new RefusedException(
                    Status.TOO_MANY,
                    "Too many failed logins. Please try again in " + (longest.toSeconds() + 1) + " s.");
        }
    }

    void failed(UserName user, InetAddress from) {
        accounts.failed(user);
        addresses.failed(Site.of(from));
    }

    /** The address's failures stay: whoever guesses may have an account too. */
    void succeeded(UserName user) {
        accounts.succeeded(user);
    }

    private static Duration longer(Optional<Duration> one, Optional<Duration> other) {
        Duration left = one.orElse(Duration.ZERO);
        Duration right = other.orElse(Duration.ZERO);
        return left.compareTo(right) >= 0 ? left : right;
    }
}
