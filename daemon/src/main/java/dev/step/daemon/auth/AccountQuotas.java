package dev.step.daemon.auth;

import dev.step.daemon.store.Quotas;
import dev.step.protocol.UserName;
import dev.step.protocol.message.Quota;
import java.io.IOException;

/**
 * Quotas where an account can have its own; what an admin changes counts at once.
 *
 * @param everybody of those without
 */
public record AccountQuotas(Accounts accounts, Quota everybody) implements Quotas {
    @Override
    public Quota of(UserName user) throws IOException {
        return accounts.find(user).map(Account::quota).orElse(OwnQuota.DEFAULT).of(everybody);
    }
}
