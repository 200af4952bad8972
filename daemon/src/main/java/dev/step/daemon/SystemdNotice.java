package dev.step.daemon;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Tells systemd that the server can be reached, so that {@code systemctl start} returns then and not before. By systemd's own
 * program: Java has no datagram sockets for the local domain.
 */
final class SystemdNotice {
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final long TAKEN_WITHIN_SECONDS = 10;

    private SystemdNotice() {}

    /**
     * Does nothing when systemd did not start this process, or does not want to know.
     *
     * @throws IOException when it could not be told
     */
    static void ready(String status) throws IOException {
        if (System.getenv(SOCKET) == null) {
            return;
        }
        Process notice = new ProcessBuilder("systemd-notify", "--ready", "--status=" + status)
                .inheritIO()
                .start();
        try {
            if (!notice.waitFor(TAKEN_WITHIN_SECONDS, TimeUnit.SECONDS) || notice.exitValue() != 0) {
                throw new IOException("systemd-notify failed: systemd does not know that the server is ready");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while systemd was told that the server is ready", e);
        }
    }
}
