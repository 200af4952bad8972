package dev.step.daemon.store.disk;

import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where a key lies: a path of ASCII names, another one for every key, the same in every locale.
 *
 * <pre>
 * key                     path               why
 * a                       a
 * a/b                     a=/b               a folder's name ends in "=", so a file "a" can lie beside it
 * a//b   a/               a=/=/b   a=/%00    an empty folder is "=", an empty name "%00" (no key has a NUL)
 * 50%=é?                  50%25%3D%C3%A9%3F  bytes of UTF-8 other than letters, digits and
 *                                            {@code - _ . , + @ ( ) [ ] { } ~ ! # $ & ' ; ^} and space become %XX
 * ...                     %2E..              a name of nothing but dots has the first one escaped
 * (300 letters)           (240)%/(60)        a longer name goes on inside of a folder whose name ends in "%",
 *                                            which no escape does; escapes are not cut
 * </pre>
 *
 * <p>A user's name is one segment, so that a slash in it is %2F.
 */
final class EscapedPath {
    private static final String SAFE_PUNCTUATION = " -_.,+@()[]{}~!#$&';^";
    private static final String FOLDER_END = "=";
    private static final String PIECE_END = "%";
    private static final String EMPTY_NAME = "%00";
    private static final String ESCAPED_DOT = "%2E";
    private static final int ESCAPE_CHARS = 3;
    /** With an ending and an escaped dot this stays below 255, where names end on every usual file system. */
    private static final int MAX_PIECE_CHARS = 240;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private EscapedPath() {}

    /** The longest path of a key, in characters, relative to the folder that the keys lie in. */
    static final int MAX_KEY_CHARS = longest(Limits.MAX_KEY_BYTES);

    /** The longest path of a user, in characters, relative to the folder that the users lie in. */
    static final int MAX_USER_CHARS = longest(Limits.MAX_USER_BYTES);

    /** Every byte escaped is the worst; then each piece, at least two characters short of full, has an ending and "/". */
    private static int longest(int bytes) {
        int chars = bytes * ESCAPE_CHARS;
        return chars + 2 * (chars / (MAX_PIECE_CHARS - 2)) + ESCAPE_CHARS;
    }

    static Path of(Path base, Key key) {
        return base.resolve(String.join("/", names(key)));
    }

    static Path of(Path base, UserName user) {
        return base.resolve(String.join("/", names(user)));
    }

    private static List<String> names(UserName user) {
        List<String> names = new ArrayList<>();
        addSegment(names, user.text(), "");
        return names;
    }

    /** The key that lies at this relative path; empty if none does. */
    static Optional<Key> key(Path path) {
        List<String> names = namesOf(path);
        try {
            return Optional.of(Key.of(parse(names)))
                    .filter(key -> names(key).equals(names)); // each key has one path: another spelling is none of ours
        } catch (RefusedException e) {
            return Optional.empty(); // none of ours
        }
    }

    /** The user whose folder lies at this relative path; empty if no user's does. */
    static Optional<UserName> user(Path path) {
        List<String> names = namesOf(path);
        try {
            return Optional.of(UserName.of(parse(names)))
                    .filter(user -> names(user).equals(names));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    /** Whether a name is a folder's that holds the rest of a longer name. */
    static boolean isBegunName(String name) {
        return name.endsWith(PIECE_END);
    }

    private static List<String> namesOf(Path path) {
        List<String> names = new ArrayList<>();
        path.forEach(name -> names.add(name.toString()));
        return names;
    }

    private static List<String> names(Key key) {
        List<String> names = new ArrayList<>();
        String[] segments = key.text().split("/", -1);
        int last = segments.length - 1;
        for (int i = 0; i < last; i++) {
            addSegment(names, segments[i], FOLDER_END);
        }
        addSegment(names, segments[last], "");
        return names;
    }

    private static void addSegment(List<String> names, String segment, String end) {
        String escaped = escape(segment);
        if (escaped.isEmpty()) {
            names.add(end.isEmpty() ? EMPTY_NAME : end);
            return;
        }
        int from = 0;
        for (int cut = cutAfter(escaped, from); cut < escaped.length(); cut = cutAfter(escaped, from)) {
            names.add(notOnlyDots(escaped.substring(from, cut)) + PIECE_END);
            from = cut;
        }
        names.add(notOnlyDots(escaped.substring(from)) + end);
    }

    /** Where the piece that starts here ends: before an escape that does not fit whole. */
    private static int cutAfter(String escaped, int from) {
        int cut = from + MAX_PIECE_CHARS;
        if (cut >= escaped.length()) {
            return escaped.length();
        }
        int percent = escaped.lastIndexOf('%', cut - 1);
        return percent > cut - ESCAPE_CHARS ? percent : cut;
    }

    private static String notOnlyDots(String piece) {
        return piece.chars().allMatch(c -> c == '.') ? ESCAPED_DOT + piece.substring(1) : piece;
    }

    private static String escape(String segment) {
        StringBuilder escaped = new StringBuilder(segment.length());
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            if (isSafe(b)) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HEX.toHexDigits(b));
            }
        }
        return escaped.toString();
    }

    private static boolean isSafe(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || SAFE_PUNCTUATION.indexOf(b) >= 0;
    }

    private static String withoutPieceEnd(String name) {
        return name.endsWith(PIECE_END) ? name.substring(0, name.length() - 1) : name;
    }

    /** Reads the names run together: "=" ends a folder. */
    private static String parse(List<String> names) {
        String path =
                String.join("", names.stream().map(EscapedPath::withoutPieceEnd).toList());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (isEscape(path, i)) {
                int value = HexFormat.fromHexDigits(path, i + 1, i + ESCAPE_CHARS);
                i += ESCAPE_CHARS - 1;
                if (value != 0) {
                    bytes.write(value);
                }
            } else {
                bytes.write(c == '=' ? '/' : c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isEscape(String path, int at) {
        return path.charAt(at) == '%'
                && at + ESCAPE_CHARS <= path.length()
                && HexFormat.isHexDigit(path.charAt(at + 1))
                && HexFormat.isHexDigit(path.charAt(at + 2));
    }
}
