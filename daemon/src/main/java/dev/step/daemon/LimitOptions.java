package dev.step.daemon;

import dev.step.daemon.connection.ServerLimits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What clients may take: a part of the options of {@code step-server run}. */
final class LimitOptions {
    private static final ServerLimits DEFAULT = ServerLimits.DEFAULT;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description = "Connections in total. Default: ${DEFAULT-VALUE}")
    private int connections = DEFAULT.connections();

    @Option(
            names = "--max-connections-per-address",
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description = "Connections from one address (IPv6: from one /64). Default: ${DEFAULT-VALUE}")
    private int perAddress = DEFAULT.perAddress();

    @Option(
            names = "--max-connections-per-user",
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description = "Connections on which one user has logged in. Default: ${DEFAULT-VALUE}")
    private int perUser = DEFAULT.perUser();

    @Option(
            names = "--login-seconds",
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description = "How long a connection may wait for a login. Default: ${DEFAULT-VALUE}")
    private int loginSeconds = (int) DEFAULT.loginTime().toSeconds();

    @Option(
            names = "--message-seconds",
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description =
                    "How long a message may take, besides the time for its bytes at 4 KiB/s. Default: ${DEFAULT-VALUE}")
    private int messageSeconds = (int) DEFAULT.messageTime().toSeconds();

    ServerLimits limits() {
        return new ServerLimits(
                connections, perAddress, perUser, Duration.ofSeconds(loginSeconds), Duration.ofSeconds(messageSeconds));
    }
}
