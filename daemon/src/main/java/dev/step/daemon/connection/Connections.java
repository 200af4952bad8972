package dev.step.daemon.connection;

import java.util.List;
import java.util.function.Predicate;

/** The connections of a running server, for those who watch it. Safe for any number of threads. */
public interface Connections {
    /** How many there are. */
    int count();

    /** All of them, in the order in which they came. */
    List<ConnectionStatus> list();

    /**
     * Closes connections, whatever they are doing.
     *
     * @return which they were
     */
    List<ConnectionStatus> close(Predicate<ConnectionStatus> which);

    /** What they and those before them have come to. */
    ServerTraffic traffic();
}
