package dev.step.daemon.auth;

import dev.step.protocol.UserName;
import java.security.SecureRandom;

/**
 * Somebody who may log in.
 *
 * @param disabled whether to let nobody in for now
 * @param epoch tokens of another epoch are void; drawn anew whenever tokens must die, so that no account ever has one
 *     twice, not even after it was removed and added again
 */
public record Account(UserName user, PasswordHash password, boolean disabled, long epoch) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static Account of(UserName user, PasswordHash password) {
        return new Account(user, password, false, RANDOM.nextLong());
    }

    /** The same user with another password; tokens die. */
    Account withPassword(PasswordHash other) {
        return new Account(user, other, disabled, RANDOM.nextLong());
    }

    /** The same password, hashed at another cost; tokens live on. */
    Account withRehashed(PasswordHash other) {
        return new Account(user, other, disabled, epoch);
    }

    /** Let in, or not; tokens die. */
    Account withDisabled(boolean newDisabled) {
        return new Account(user, password, newDisabled, RANDOM.nextLong());
    }
}
