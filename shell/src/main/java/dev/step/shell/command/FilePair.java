package dev.step.shell.command;

import dev.step.protocol.Key;
import java.nio.file.Path;
import java.util.List;

/** A local file and the key that belongs to it. */
record FilePair(Path file, Key key) {
    /** How many bytes there are of all the local files; those that are not there have none. */
    static long localBytes(List<FilePair> pairs) {
        return pairs.stream().mapToLong(pair -> pair.file().toFile().length()).sum();
    }

    Facts facts() {
        return Facts.of("key", key.text()).and("file", file.toString());
    }
}
