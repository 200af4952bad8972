package dev.step.daemon.store;

import dev.step.protocol.UserName;
import java.io.Closeable;

/**
 * Everything that a server keeps, apart for each user. Safe for any number of threads. The handlers of requests know
 * only this interface and those it leads to, so that files may lie elsewhere than in a file system.
 *
 * <p>Methods below it throw {@link dev.step.protocol.RefusedException} for what the user can mend and
 * {@link java.io.IOException} for what the server's admin has to.
 */
public interface Store extends Closeable {
    /** Lets users have so much from now on; what they have stays, also if it is more. */
    void limit(Quotas quotas);

    /** The user's files. */
    UserFiles files(UserName user);

    /** The user's values. */
    UserData data(UserName user);
}
