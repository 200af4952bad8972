package dev.step.daemon.auth;

import dev.step.protocol.UserName;
import java.security.SecureRandom;

/**
 * Somebody who may log in.
 *
 * @param disabled whether to let nobody in for now
 * @param epoch tokens of another epoch are void; drawn anew whenever tokens must die, so that no account ever has one
 *     twice, not even after it was removed and added again
 * @param quota what the user's files may take, where it is not what it is for all
 */
public record Account(UserName user, PasswordHash password, boolean disabled, long epoch, OwnQuota quota) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static Account of(UserName user, PasswordHash password) {
        return new Account(user, password, false, RANDOM.nextLong(), OwnQuota.DEFAULT);
    }

    /** The same user with another password; tokens die. */
    Account withPassword(PasswordHash other) {
        return new Account(user, other, disabled, RANDOM.nextLong(), quota);
    }

    /** The same password, hashed at another cost; tokens live on. */
    Account withRehashed(PasswordHash other) {
        return new Account(user, other, disabled, epoch, quota);
    }

    /** Let in, or not; tokens die. */
    Account withDisabled(boolean newDisabled) {
        return new Account(user, password, newDisabled, RANDOM.nextLong(), quota);
    }

    /** With another quota; tokens live on. */
    Account withQuota(OwnQuota other) {
        return new Account(user, password, disabled, epoch, other);
    }
}
