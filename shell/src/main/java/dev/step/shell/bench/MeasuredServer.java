package dev.step.shell.bench;

import dev.step.protocol.message.LoggedIn.ServerInfo;
import dev.step.shell.client.Session;
import java.util.List;

/**
 * Who was measured.
 *
 * @param software what the server calls itself; an old one says nothing
 * @param features the extensions it offers
 */
public record MeasuredServer(String address, String software, List<String> features) {
    private static final String OLD = "old server";

    public MeasuredServer {
        features = List.copyOf(features);
    }

    public static MeasuredServer of(Session session) {
        return new MeasuredServer(
                session.address().toString(),
                session.server().map(ServerInfo::name).orElse(OLD),
                session.server().map(ServerInfo::features).orElse(List.of()));
    }
}
