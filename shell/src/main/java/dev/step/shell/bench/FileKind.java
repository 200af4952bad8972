package dev.step.shell.bench;

import java.util.Locale;

/** What is in a file that is sent: by its first bytes and by how well it could be compressed it is what its name says. */
public enum FileKind {
    /** Noise, which nothing can compress. */
    BIN,
    TXT,
    JPG,
    PDF,
    ZIP,
    MP4;

    public String userName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
