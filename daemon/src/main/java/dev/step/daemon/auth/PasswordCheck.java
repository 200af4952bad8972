package dev.step.daemon.auth;

import dev.step.protocol.Digest;
import dev.step.protocol.UserName;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compares passwords with what is kept of them.
 *
 * <p>Clients log in for every connection, and open hundreds; a password that was right a moment ago is recognised by a
 * quick digest, keyed with a secret that lives and dies with this process. A wrong one costs the full hash every time,
 * and so does a user who does not exist.
 */
final class PasswordCheck {
    /** What a user who does not exist is compared with. */
    private final PasswordHash nobody = PasswordHash.of(Digest.md5Hex(""));

    private final HmacKey secret = HmacKey.fresh();
    private final Map<UserName, byte[]> recognised = new ConcurrentHashMap<>();

    /** Whether this account exists, is not disabled, and has this password. */
    boolean isRight(Optional<Account> account, String passwordMd5) {
        if (account.isEmpty()) {
            nobody.matches(passwordMd5);
            return false;
        }
        Account known = account.get();
        byte[] pair = pair(known.password(), passwordMd5);
        byte[] proof = recognised.get(known.user());
        boolean right = (proof != null && secret.proves(pair, proof))
                || known.password().matches(passwordMd5);
        if (right) {
            recognised.put(known.user(), secret.prove(pair));
        }
        return right && !known.disabled();
    }

    /** A password together with what is kept of it: when that changes, the password has to prove itself anew. */
    private static byte[] pair(PasswordHash hash, String passwordMd5) {
        return (hash.phc() + " " + passwordMd5.toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8);
    }
}
