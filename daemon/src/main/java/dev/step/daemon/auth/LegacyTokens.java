package dev.step.daemon.auth;

import dev.step.protocol.Digest;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reference server's tokens: base64 of {@code user.YYYYMMDDhhmmss.login.H}, where H is the hexadecimal MD5 of what
 * stands before it and a public salt. Anyone can make one, as anyone can log in. They never expire.
 */
final class LegacyTokens {
    private static final String SALT = "kjh20)*(1";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final Pattern FORM = Pattern.compile("(?<head>(?<user>[^.]*)\\.\\d{14}\\.login)\\.(?<mark>[^.]*)");

    private final Clock clock;

    /** Stamps tokens with the local time of this clock. */
    LegacyTokens(Clock clock) {
        this.clock = clock;
    }

    /** A token for a user whose name has no dot. */
    String issue(UserName user) {
        String head = user.text() + "." + LocalDateTime.now(clock).format(STAMP) + ".login";
        return encode((head + "." + mark(head)).getBytes(StandardCharsets.UTF_8));
    }

    /** Who the token names; 403 when it is not of this form, its mark is wrong, or it is not encoded as we would. */
    Caller caller(String token, ShownToken last) throws RefusedException {
        Caller known = last.find(token, Caller.class);
        if (known != null) {
            return known;
        }
        Caller proven = prove(token);
        last.proven(token, proven);
        return proven;
    }

    private static Caller prove(String token) throws RefusedException {
        Matcher parts = FORM.matcher(decode(token));
        if (!parts.matches()) {
            throw refused("Token format is wrong.");
        }
        if (!mark(parts.group("head")).equalsIgnoreCase(parts.group("mark"))) {
            throw refused("Token is wrong.");
        }
        try {
            return new Caller(UserName.of(parts.group("user")), false, Optional.empty());
        } catch (RefusedException e) {
            throw refused("Token is wrong.");
        }
    }

    private static String decode(String token) throws RefusedException {
        try {
            byte[] bytes = Base64.getDecoder().decode(token);
            if (!encode(bytes).equals(token)) { // the decoder forgives missing padding and spare bits; we do not
                throw refused("Token format is wrong.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw refused("Token format is wrong.");
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String mark(String head) {
        return Digest.md5Hex(head + SALT);
    }

    private static RefusedException refused(String message) {
        return new RefusedException(Status.UNAUTHORIZED, message);
    }
}
