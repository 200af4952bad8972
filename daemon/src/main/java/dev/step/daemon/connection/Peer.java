package dev.step.daemon.connection;

import dev.step.daemon.auth.Caller;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a connection, as far as that is known, and the places that are taken for it. */
final class Peer implements AutoCloseable {
    private final Places.Place place;
    private final Admission admission;
    private final ClientDeadline deadline;
    /** Written, as the caller, by the connection's thread alone. */
    private volatile InetAddress address;

    private volatile @Nullable Caller caller;

    private Places.Place sitesPlace = Places.Place.NONE;
    private Places.Place usersPlace = Places.Place.NONE;

    /**
     * @param address where the connection comes from, as far as the system knows
     * @param place what the connection itself has taken; left when this is closed
     */
    Peer(InetAddress address, Places.Place place, Admission admission, ClientDeadline deadline) {
        this.address = address;
        this.place = place;
        this.admission = admission;
        this.deadline = deadline;
    }

    /**
     * The client is at this address. To be called once.
     *
     * @throws RefusedException 429 when too many connections come from there
     */
    void isAt(InetAddress known) throws RefusedException {
        address = known;
        sitesPlace = admission.admit(known);
    }

    InetAddress address() {
        return address;
    }

    ClientDeadline deadline() {
        return deadline;
    }

    /** Whether the client knows the extensions' statuses, as far as we know. */
    boolean isExtended() {
        Caller known = caller;
        return known != null && known.extended();
    }

    /** Who has logged in, if anybody has. Callable from any thread. */
    Optional<UserName> user() {
        return Optional.ofNullable(caller).map(Caller::user);
    }

    /**
     * The client has shown who it is. It may do so with every request, and be somebody else each time.
     *
     * @throws RefusedException 429 when that user has too many connections
     */
    void is(Caller shown) throws RefusedException {
        Caller before = caller;
        if (before == null || !before.user().equals(shown.user())) {
            usersPlace.close();
            usersPlace = Places.Place.NONE;
            caller = null;
            usersPlace = admission.admit(shown.user());
            deadline.loggedIn();
        }
        caller = shown;
    }

    @Override
    public void close() {
        usersPlace.close();
        sitesPlace.close();
        place.close();
        deadline.messageForgotten();
    }
}
