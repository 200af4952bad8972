package dev.step.daemon.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that tokens are signed with, in a document for servers' eyes only. The last one signs; the others are there for
 * tokens that have not expired yet.
 *
 * <pre>
 *   step-token-keys 1
 *   2026-01-01T00:00:00Z 64 hexadecimal digits          when it was made, and the key
 * </pre>
 *
 * Safe for any number of threads.
 */
public final class TokenKeys {
    /** What the document is called that a store has its keys in. */
    public static final String NAME = "token-keys";

    private static final String HEADER = "step-token-keys 1";

    private final SharedDocument document;
    private final Clock clock;
    private final SharedDocument.Known<List<HmacKey>> known;

    private TokenKeys(SharedDocument document, Clock clock) {
        this.document = document;
        this.clock = clock;
        this.known =
                document.known(text -> parse(text).stream().map(Key::secret).toList());
    }

    /** The keys in this document, which is made, with a key, if it is missing. */
    public static TokenKeys in(SharedDocument document, Clock clock) throws IOException {
        TokenKeys keys = new TokenKeys(document, clock);
        document.edit(
                before -> keys.parse(before).isEmpty() ? Optional.of(write(List.of(keys.fresh()))) : Optional.empty());
        return keys;
    }

    /** The keys in this file, which is made, with a key, if it is missing. */
    public static TokenKeys in(Path file, Clock clock) throws IOException {
        return in(new DocumentFile(file), clock);
    }

    /** Where a store in a folder has its keys. */
    public static Path ofStore(Path store) {
        return store.resolve(NAME);
    }

    /**
     * Signs with a new key from now on.
     *
     * @param lifetime how long a token is good: older keys are kept until the last token of theirs has expired; zero
     *     forgets them at once, and everybody has to log in again
     */
    public void rotate(Duration lifetime) throws IOException {
        document.edit(before -> Optional.of(write(rotated(parse(before), lifetime))));
    }

    private List<Key> rotated(List<Key> old, Duration lifetime) {
        List<Key> kept = new ArrayList<>();
        Instant now = clock.instant();
        for (int i = 0; i < old.size() && !lifetime.isZero(); i++) {
            Instant lastUse = i + 1 < old.size() ? old.get(i + 1).made : now;
            if (lastUse.plus(lifetime).isAfter(now)) {
                kept.add(old.get(i));
            }
        }
        kept.add(fresh());
        return kept;
    }

    /** For who would refuse a token because of the known keys, see {@link SharedDocument.Known#lookAgain}. */
    void lookAgain() {
        known.lookAgain();
    }

    /** All keys; the last one is to sign with. Those of a text that has changed are others, even if they say the same. */
    List<HmacKey> current() throws IOException {
        List<HmacKey> keys = known.current();
        if (keys.isEmpty()) {
            throw new IOException(document.place() + " is gone; start the server again, which makes a new one");
        }
        return keys;
    }

    private Key fresh() {
        return new Key(clock.instant(), HmacKey.fresh());
    }

    private static byte[] write(List<Key> keys) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        keys.forEach(key ->
                text.append(key.made).append(' ').append(key.secret.hex()).append('\n'));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private List<Key> parse(Optional<byte[]> bytes) throws IOException {
        if (bytes.isEmpty()) {
            return List.of();
        }
        List<String> lines =
                new String(bytes.get(), StandardCharsets.US_ASCII).lines().toList();
        if (lines.size() < 2 || !lines.get(0).equals(HEADER)) {
            throw notKeys();
        }
        List<Key> keys = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            keys.add(key(line));
        }
        return keys;
    }

    private Key key(String line) throws IOException {
        String[] words = line.split(" ", -1);
        if (words.length != 2) {
            throw notKeys();
        }
        try {
            return new Key(Instant.parse(words[0]), HmacKey.ofHex(words[1]));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw notKeys(); // the cause might quote a key
        }
    }

    private IOException notKeys() {
        return new IOException(
                document.place() + " does not hold token keys; remove it, and everybody has to log in once more");
    }

    /** A key and when it was made. */
    private record Key(Instant made, HmacKey secret) {}
}
