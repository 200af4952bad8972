package dev.step.daemon.store.disk;

/** Where an upload stands while its files are open. */
enum UploadState {
    RECEIVING,
    /** One thread makes it a file. */
    PUBLISHING,
    /** It is a file. */
    PUBLISHED,
    /** Another upload took its place, or somebody discarded it. */
    DISCARDED,
    /** The disk failed it: what is true lies on the disk, and has to be read again. */
    BROKEN
}
