package dev.step.daemon.store;

/**
 * What reading all files again has come to, since the store was opened.
 *
 * @param passes how often all of them were read
 * @param files how many were read, counting each time
 * @param bytes what those have
 * @param damaged how many of them were not what they should be, and were taken out
 * @param unreadable how often one could not be read
 */
public record ScrubStatus(long passes, long files, long bytes, long damaged, long unreadable) {
    public static final ScrubStatus NOTHING = new ScrubStatus(0, 0, 0, 0, 0);

    /** After one more pass. */
    public ScrubStatus withPass() {
        return new ScrubStatus(passes + 1, files, bytes, damaged, unreadable);
    }

    /** After one more file of this size, which is good. */
    public ScrubStatus withFile(long size) {
        return new ScrubStatus(passes, files + 1, bytes + size, damaged, unreadable);
    }

    /** After one more file of this size, which is damaged. */
    public ScrubStatus withDamaged(long size) {
        return new ScrubStatus(passes, files + 1, bytes + size, damaged + 1, unreadable);
    }

    /** After one more file that could not be read. */
    public ScrubStatus withUnreadable() {
        return new ScrubStatus(passes, files, bytes, damaged, unreadable + 1);
    }
}
