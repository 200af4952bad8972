package dev.step.daemon.auth;

/** Hashes as a server kept them that was content with less. */
public final class OldHashes {
    private OldHashes() {}

    /** The PHC string of a password, at 64 KiB and one pass. */
    public static String phc(String passwordMd5) {
        return PasswordHash.of(passwordMd5, new PasswordHash.Cost(64, 1, 1)).phc();
    }
}
