package dev.step.shell.command;

import dev.step.protocol.Feature;
import dev.step.protocol.Key;
import dev.step.protocol.message.FileList;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Connector;
import dev.step.shell.client.RemoteFiles;
import dev.step.shell.client.Session;
import dev.step.shell.client.Values;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Keys on the server that begin as typed, remembered for a moment. A session is used if there is one, never opened. */
final class RemoteNames {
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final Connector connector;
    private final Map<String, List<Suggestion>> known = new HashMap<>();
    private long knownSince;

    RemoteNames(Connector connector) {
        this.connector = connector;
    }

    void forget() {
        known.clear();
    }

    List<Suggestion> keys(String typed) {
        return remembered("file " + typed, session -> {
            FileList page = new RemoteFiles(session).list(typed, true, false, Optional.empty());
            return Stream.concat(
                            page.folders().stream().map(folder -> new Suggestion(folder, false)),
                            page.keys().stream().map(key -> new Suggestion(key.text(), true)))
                    .toList();
        });
    }

    List<Suggestion> values(String typed) {
        return remembered("data " + typed, session -> new Values(session)
                .list(typed, Optional.empty()).keys().stream()
                        .map(Key::text)
                        .map(key -> new Suggestion(key, true))
                        .toList());
    }

    private List<Suggestion> remembered(String question, Question answer) {
        if (System.nanoTime() - knownSince > FRESH_NANOS) {
            known.clear();
            knownSince = System.nanoTime();
        }
        return known.computeIfAbsent(question, any -> ask(answer));
    }

    private List<Suggestion> ask(Question question) {
        Optional<Session> session = connector.current().filter(current -> current.offers(Feature.LIST));
        try {
            return session.isPresent() ? question.askedOn(session.get()) : List.of();
        } catch (ClientException e) {
            return List.of(); // the next command will say why
        }
    }

    /** What the server is asked. */
    @FunctionalInterface
    private interface Question {
        List<Suggestion> askedOn(Session session) throws ClientException;
    }
}
