package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A word that names something, here or on the server.
 *
 * @param word as {@link Words} keeps it
 */
record Operand(String word) {
    private static final String HOME = "~";

    String text() {
        return Words.plain(word);
    }

    /** Whether it stands for all names that match it. */
    boolean isPattern() {
        return Words.isPattern(word);
    }

    /** Whether it names a folder by its form. */
    boolean isFolder() {
        return word.endsWith("/");
    }

    /** The key it names. */
    Key key() throws UsageException {
        return keyOf(text());
    }

    static Key keyOf(String text) throws UsageException {
        try {
            return Key.of(text);
        } catch (RefusedException e) {
            throw new UsageException("\"" + text + "\" cannot be a key: " + e.getMessage());
        }
    }

    /** The local file it names, seen from a folder; an unquoted tilde is the user's own folder. */
    Path path(Path from) throws UsageException {
        return word.equals(HOME) || word.startsWith(HOME + "/")
                ? resolve(Path.of(System.getProperty("user.home")), text().substring(Math.min(text().length(), 2)))
                : resolve(from, text());
    }

    /** The local file of this name, seen from a folder. */
    static Path resolve(Path from, String name) throws UsageException {
        try {
            return from.resolve(name);
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + name + "\" cannot be a file name here: " + e.getReason());
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
