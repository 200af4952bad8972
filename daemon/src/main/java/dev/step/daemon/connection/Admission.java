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

    private final Places<String> server = new Places<>();
    private final Places<Site> sites = new Places<>();
    private final Places<UserName> users = new Places<>();
    private volatile ServerLimits limits;

    Admission(ServerLimits limits) {
        this.limits = limits;
    }

    /** Gives out places by other limits from now on; nobody has to leave. */
    void apply(ServerLimits fresh) {
        limits = fresh;
    }

    /**
     * Takes a place for a connection.
     *
     * @throws RefusedException 429 when there are too many
     */
    Places.Place admit(InetAddress from) throws RefusedException {
        ServerLimits now = limits;
        Places.Place one =
                server.take(ALL, now.connections()).orElseThrow(() -> tooMany("The server has", now.connections()));
        Optional<Places.Place> other = sites.take(Site.of(from), now.perAddress());
        if (other.isEmpty()) {
            one.close();
            throw tooMany("Your address has", now.perAddress());
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
        int each = limits.perUser();
        return users.take(user, each).orElseThrow(() -> tooMany("You have", each));
    }

    private static RefusedException tooMany(String who, int limit) {
        return new RefusedException(
                Status.TOO_MANY, who + " " + limit + " connections, which is the limit. Please try again later.");
    }
}
