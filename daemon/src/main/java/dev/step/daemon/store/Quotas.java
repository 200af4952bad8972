package dev.step.daemon.store;

import dev.step.protocol.UserName;
import dev.step.protocol.message.Quota;
import java.io.IOException;

/** Who may have how much. Asked for each upload, by any number of threads: the answer has to be at hand. */
@FunctionalInterface
public interface Quotas {
    /** Nobody has a limit. */
    Quotas NONE = user -> Quota.NONE;

    /** What this user's files may take. */
    Quota of(UserName user) throws IOException;
}
