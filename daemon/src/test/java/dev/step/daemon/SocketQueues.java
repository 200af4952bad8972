package dev.step.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The kernel's queues between two local sockets, from {@code /proc/net}: what was sent and not read yet. */
final class SocketQueues {
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private SocketQueues() {}

    /** Waits until a program has read everything that was sent from one of these ports to the other. */
    static void awaitRead(int from, int to) throws IOException {
        while (!(isEmpty(from, to) && isEmpty(to, from))) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private static boolean isEmpty(int local, int remote) throws IOException {
        for (String table : new String[] {"tcp", "tcp6"}) {
            for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
                // sl local_address rem_address st tx_queue:rx_queue ...
                String[] columns = line.strip().split("\\s+");
                if (endsWithPort(columns[1], local) && endsWithPort(columns[2], remote)) {
                    return columns[4].matches("[0:]+");
                }
            }
        }
        throw new IOException("there is no connection from port " + local + " to port " + remote);
    }

    private static boolean endsWithPort(String address, int port) {
        return address.endsWith(String.format(":%04X", port));
    }
}
