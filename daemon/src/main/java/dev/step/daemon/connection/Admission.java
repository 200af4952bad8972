package dev.step.daemon.connection;

import dev.step.daemon.auth.Site;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import java.net.InetAddress;

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
    Places.Place admit() throws RefusedException {
        int all = limits.connections();
        return server.take(ALL, all).orElseThrow(() -> tooMany("The server has", all));
    }

    /**
     * Takes a place for the address that a connection comes from.
     *
     * @throws RefusedException 429 when there are too many
     */
    Places.Place admit(InetAddress from) throws RefusedException {
        int each = limits.perAddress();
        return sites.take(Site.of(from), each).orElseThrow(() -> tooMany("Your address has", each));
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
