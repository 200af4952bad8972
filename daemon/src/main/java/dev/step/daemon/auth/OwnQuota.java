package dev.step.daemon.auth;

import dev.step.protocol.message.Quota;
import java.util.OptionalLong;

/**
 * What one user's files may take; empty: as much as everybody's, {@link #UNLIMITED}: whatever there is room for.
 *
 * @param bytes all of them together
 * @param files how many there may be
 * @param fileBytes each of them
 */
public record OwnQuota(OptionalLong bytes, OptionalLong files, OptionalLong fileBytes) {
    /** Whatever there is room for. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** As everybody. */
    public static final OwnQuota DEFAULT =
            new OwnQuota(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    /** What that comes to, where this is everybody's. */
    Quota of(Quota everybody) {
        return new Quota(
                limit(bytes, everybody.bytes()),
                limit(files, everybody.files()),
                limit(fileBytes, everybody.fileBytes()));
    }

    private static OptionalLong limit(OptionalLong own, OptionalLong everybody) {
        OptionalLong limit = own.isPresent() ? own : everybody;
        return limit.isPresent() && limit.getAsLong() == UNLIMITED ? OptionalLong.empty() : limit;
    }
}
