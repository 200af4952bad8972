package dev.step.daemon.store.disk;

/** What of an upload survives a power cut. The death of the server's process costs nothing with any of them. */
public enum Durability {
    /** A file that is complete: the answer that says so is sent once it is on the disk. */
    FILE,
    /** Every block that was answered, too. */
    BLOCK,
    /** Nothing: for stores that are thrown away. */
    NONE
}
