package dev.step.shell.command;

import dev.step.protocol.Key;
import java.nio.file.Path;

/** A local file and the key that belongs to it. */
record FilePair(Path file, Key key) {
    Facts facts() {
        return Facts.of("key", key.text()).and("file", file.toString());
    }
}
