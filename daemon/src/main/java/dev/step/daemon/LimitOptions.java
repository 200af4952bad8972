package dev.step.daemon;

import dev.step.daemon.connection.ServerLimits;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What clients may take: a part of the options of {@code step-server run}. */
final class LimitOptions {
    private static final ServerLimits DEFAULT = ServerLimits.DEFAULT;

    @Option(names = "--max-connections", paramLabel = "N", description = "Connections in total. Default: 10000")
    private int connections = DEFAULT.connections();

    @Option(
            names = "--max-connections-per-address",
            paramLabel = "N",
            description = "Connections from one address (IPv6: from one /64). Default: 1000")
    private int perAddress = DEFAULT.perAddress();

    @Option(
            names = "--max-connections-per-user",
            paramLabel = "N",
            description = "Connections on which one user has logged in. Default: 1000")
    private int perUser = DEFAULT.perUser();

    @Option(
            names = "--login-seconds",
            paramLabel = "N",
            description = "How long a connection may wait for a login. Default: 60")
    private int loginSeconds = (int) DEFAULT.loginTime().toSeconds();

    @Option(
            names = "--message-seconds",
            paramLabel = "N",
            description = "How long a message may take, besides the time for its bytes at 4 KiB/s. Default: 60")
    private int messageSeconds = (int) DEFAULT.messageTime().toSeconds();

    /** @throws IOException in words for the admin */
    ServerLimits limits() throws IOException {
        try {
            return new ServerLimits(
                    connections,
                    perAddress,
                    perUser,
                    Duration.ofSeconds(loginSeconds),
                    Duration.ofSeconds(messageSeconds));
        } catch (IllegalArgumentException e) {
            throw new IOException("The limits make no sense: " + e.getMessage(), e);
        }
    }
}
