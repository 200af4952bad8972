package dev.step.daemon.auth;

import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens that only this server can make.
 *
 * <pre>
 *   "S1." base64url( | issued: i64 ms | expires: i64 ms | nonce: 8 bytes | epoch: i64 | extended: u8 | user: UTF-8
 *                    | HMAC: 32 bytes | )
 * </pre>
 *
 * The HMAC-SHA256 covers everything before it.
 */
public final class SignedTokens {
    private static final Logger LOG = LoggerFactory.getLogger(SignedTokens.class);
    private static final String MARK = "S1.";
    private static final int NONCE_BYTES = 8;

    private static final int EXPIRES_OFFSET = Long.BYTES;
    private static final int EPOCH_OFFSET = 2 * Long.BYTES + NONCE_BYTES;
    private static final int EXTENDED_OFFSET = EPOCH_OFFSET + Long.BYTES;
    private static final int HEAD_BYTES = EXTENDED_OFFSET + 1;

    private final Keys keys;
    private final Duration lifetime;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    private SignedTokens(Keys keys, Duration lifetime, Clock clock) {
        this.keys = keys;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** Tokens that die with this object: their key is made now and kept nowhere. */
    public static SignedTokens withFreshKey(Duration lifetime, Clock clock) {
        HmacKey key = HmacKey.fresh();
        return new SignedTokens(() -> List.of(key), lifetime, clock);
    }

    /** Tokens that are good as long as these keys are kept. */
    public static SignedTokens withKeys(TokenKeys keys, Duration lifetime, Clock clock) {
        Keys shared = new Keys() {
            @Override
            public List<HmacKey> current() throws IOException {
                return keys.current();
            }

            @Override
            public void lookAgain() {
                keys.lookAgain();
            }
        };
        return new SignedTokens(shared, lifetime, clock);
    }

    /**
     * A token for this user, good for the lifetime.
     *
     * @param extended whether the login named features
     * @param epoch to be looked at by whoever accepts the token
     */
    String issue(UserName user, boolean extended, long epoch) throws RefusedException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] name = user.text().getBytes(StandardCharsets.UTF_8);
        long now = clock.millis();
        byte[] body = ByteBuffer.allocate(HEAD_BYTES + name.length)
                .putLong(now)
                .putLong(now + lifetime.toMillis())
                .put(nonce)
                .putLong(epoch)
                .put((byte) (extended ? 1 : 0))
                .put(name)
                .array();
        List<HmacKey> known = keys();
        byte[] token = Arrays.copyOf(body, body.length + HmacKey.BYTES);
        byte[] mac = known.get(known.size() - 1).prove(body);
        System.arraycopy(mac, 0, token, body.length, mac.length);
        return encode(token);
    }

    /**
     * What the token says; empty when it is of another form than ours.
     *
     * @throws RefusedException 403 when it is of our form, but forged or expired
     */
    Optional<Claim> claim(String token, ShownToken last) throws RefusedException {
        if (!token.startsWith(MARK)) {
            return Optional.empty();
        }
        Proven proven = proven(token, last, keys());
        if (!proven.expires().isAfter(clock.instant())) {
            throw refused("Token is expired. Please log in again.");
        }
        return Optional.of(proven.claim());
    }

    private Proven proven(String token, ShownToken last, List<HmacKey> current) throws RefusedException {
        Proven known = last.find(token, Proven.class);
        if (known != null && current.contains(known.key())) {
            return known;
        }
        Optional<Proven> found = prove(token, current);
        if (found.isEmpty()) {
            keys.lookAgain(); // another server may sign with a new one already
            found = prove(token, keys());
        }
        Proven proven = found.orElseThrow(() -> refused("Token is wrong."));
        last.proven(token, proven);
        return proven;
    }

    /** Empty when none of these keys has signed it. */
    private static Optional<Proven> prove(String token, List<HmacKey> current) throws RefusedException {
        byte[] bytes = decode(token);
        if (bytes.length < HEAD_BYTES + HmacKey.BYTES || !encode(bytes).equals(token)) {
            throw refused("Token is wrong.");
        }
        byte[] body = Arrays.copyOf(bytes, bytes.length - HmacKey.BYTES);
        byte[] mac = Arrays.copyOfRange(bytes, body.length, bytes.length);
        return current.stream()
                .filter(candidate -> candidate.proves(body, mac))
                .findFirst()
                .map(key -> read(body, key));
    }

    private static Proven read(byte[] body, HmacKey key) {
        ByteBuffer fields = ByteBuffer.wrap(body);
        Instant expires = Instant.ofEpochMilli(fields.getLong(EXPIRES_OFFSET));
        String name = new String(body, HEAD_BYTES, body.length - HEAD_BYTES, StandardCharsets.UTF_8);
        Caller caller = new Caller(new UserName(name), body[EXTENDED_OFFSET] == 1, Optional.of(expires));
        return new Proven(new Claim(caller, fields.getLong(EPOCH_OFFSET)), expires, key);
    }

    private List<HmacKey> keys() throws RefusedException {
        try {
            return keys.current();
        } catch (IOException e) {
            LOG.error("No token can be made or checked: {}", e.getMessage());
            throw new RefusedException(
                    Status.SERVER_FAILED, "The server cannot read its token keys; its log says why.");
        }
    }

    private static String encode(byte[] token) {
        return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private static byte[] decode(String token) throws RefusedException {
        try {
            return Base64.getUrlDecoder().decode(token.substring(MARK.length()));
        } catch (IllegalArgumentException e) {
            throw refused("Token is wrong.");
        }
    }

    private static RefusedException refused(String message) {
        return new RefusedException(Status.UNAUTHORIZED, message);
    }

    /** What a token says. */
    record Claim(Caller caller, long epoch) {}

    /** What a token says, which this key has signed. */
    private record Proven(Claim claim, Instant expires, HmacKey key) {}

    /** Where the keys come from: all that are good, the one to sign with last. */
    private interface Keys {
        List<HmacKey> current() throws IOException;

        default void lookAgain() {}
    }
}
