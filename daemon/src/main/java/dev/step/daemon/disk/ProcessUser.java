package dev.step.daemon.disk;

import com.sun.security.auth.module.UnixSystem;

/** Who this process runs as. */
public final class ProcessUser {
    /** The user whom no permission binds. */
    public static final long ROOT = 0;

    private ProcessUser() {}

    /** The number of the user. */
    public static long id() {
        return new UnixSystem().getUid();
    }
}
