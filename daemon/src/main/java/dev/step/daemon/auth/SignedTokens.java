package dev.step.daemon.auth;

import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens that only this server can make.
 *
 * <pre>
 *   "S1." base64url( | issued: i64 ms | expires: i64 ms | nonce: 8 bytes | extended: u8 | user: UTF-8 | HMAC: 32 bytes | )
 * </pre>
 *
 * The HMAC-SHA256 covers everything before it.
 */
public final class SignedTokens {
    private static final String MARK = "S1.";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final int NONCE_BYTES = 8;
    private static final int EXTENDED_OFFSET = 2 * Long.BYTES + NONCE_BYTES;
    private static final int HEAD_BYTES = EXTENDED_OFFSET + 1;

    private final SecretKeySpec key;
    private final Duration lifetime;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    private SignedTokens(byte[] key, Duration lifetime, Clock clock) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** Tokens that die with this object: their key is made now and kept nowhere. */
    public static SignedTokens withFreshKey(Duration lifetime, Clock clock) {
        byte[] key = new byte[MAC_BYTES];
        new SecureRandom().nextBytes(key);
        return new SignedTokens(key, lifetime, clock);
    }

    /** A token for this caller, good for the lifetime. */
    String issue(Caller caller) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] name = caller.user().text().getBytes(StandardCharsets.UTF_8);
        long now = clock.millis();
        byte[] body = ByteBuffer.allocate(HEAD_BYTES + name.length)
                .putLong(now)
                .putLong(now + lifetime.toMillis())
                .put(nonce)
                .put((byte) (caller.extended() ? 1 : 0))
                .put(name)
                .array();
        byte[] token = Arrays.copyOf(body, body.length + MAC_BYTES);
        System.arraycopy(sign(body), 0, token, body.length, MAC_BYTES);
        return encode(token);
    }

    /**
     * Who the token was given to; empty when it is of another form than ours.
     *
     * @throws RefusedException 403 when it is of our form, but forged or expired
     */
    Optional<Caller> caller(String token) throws RefusedException {
        if (!token.startsWith(MARK)) {
            return Optional.empty();
        }
        byte[] bytes = decode(token);
        if (bytes.length < HEAD_BYTES + MAC_BYTES || !encode(bytes).equals(token)) {
            throw refused("Token is wrong.");
        }
        byte[] body = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
        byte[] mac = Arrays.copyOfRange(bytes, body.length, bytes.length);
        if (!MessageDigest.isEqual(mac, sign(body))) {
            throw refused("Token is wrong.");
        }
        if (ByteBuffer.wrap(body).getLong(Long.BYTES) <= clock.millis()) {
            throw refused("Token is expired. Please log in again.");
        }
        String name = new String(body, HEAD_BYTES, body.length - HEAD_BYTES, StandardCharsets.UTF_8);
        return Optional.of(new Caller(new UserName(name), body[EXTENDED_OFFSET] == 1));
    }

    private byte[] sign(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
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
}
