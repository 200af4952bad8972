package dev.step.shell.client;

import dev.step.protocol.Feature;
import dev.step.protocol.message.AccountStatus;
import dev.step.protocol.message.SessionStatus;
import java.util.Optional;

/** What the user has on the server, and may have. */
public final class RemoteAccount {
    private final Session session;

    public RemoteAccount(Session session) {
        this.session = session;
    }

    /** How things stand; empty when the server cannot say. */
    public Optional<AccountStatus> status() throws ClientException {
        return session.offers(Feature.STATUS)
                ? Optional.of(session.ask(new SessionStatus(), AccountStatus::read))
                : Optional.empty();
    }
}
