package dev.step.daemon.connection;

import dev.step.daemon.auth.Site;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import java.net.InetAddress;
import java.util.Optional;

/** Counts connections against {@link ServerLimits}. Safe for any number of threads. */
final class Admission {
    private static final String ALL = "all";

    private final ServerLimits limits;
    private final Places<String> server;
    private final Places<Site> sites;
    private final Places<UserName> users;

    Admission(ServerLimits limits) {
        this.limits = limits;
        this.server = new Places<>(limits.connections());
        this.sites = new Places<>(limits.perAddress());
        this.users = new Places<>(limits.perUser());
    }

    /**
     * Takes a place for a connection.
     *
     * @throws RefusedException 429 when there are too many
     */
    Places.Place admit(InetAddress from) throws RefusedException {
        Places.Place one = server.take(ALL).orElseThrow(() -> tooMany("The server has", limits.connections()));
        Optional<Places.Place> other = sites.take(Site.of(from));
        if (other.isEmpty()) {
            one.close();
            throw tooMany("Your address has", limits.perAddress());
        }
        return () -> {
            one.close();
            other.get().close();
        };
    }

    /**
     * Takes a place for a user who has logged in on a connection.
     *
     * @throws RefusedException 429 when there are too many
     */
    Places.Place admit(UserName user) throws RefusedException {
        return users.take(user).orElseThrow(() -> tooMany("You have", limits.perUser()));
    }

    private static RefusedException tooMany(String who, int limit) {
        return new RefusedException(
                Status.TOO_MANY, who + " " + limit + " connections, which is the limit. Please try again later.");
    }
}
