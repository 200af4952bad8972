package dev.step.shell.bench;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does a case once, against a server. */
final class CaseRunner implements AutoCloseable {
    private final Session session;
    private final Transfers transfers;
    private final SmallRequests requests;
    private final Crowd crowd;
    private @Nullable Session core;

    CaseRunner(Session session, Workspace workspace, ServerKeys keys) {
        this.session = session;
        this.transfers = new Transfers(workspace, keys);
        this.requests = new SmallRequests(session, keys);
        this.crowd = new Crowd(session);
    }

    /** All times that came of it, in nanoseconds. */
    List<Long> run(BenchCase what) throws ClientException {
        return switch (what.figure()) {
            case SIZES, FORMATS -> List.of(alone(session, what));
            case CONNECTIONS -> List.of(alone(core(), what));
            case CLIENTS -> together(what);
            case LATENCY -> inARow(what);
        };
    }

    private long alone(Session on, BenchCase what) throws ClientException {
        return switch (what.action()) {
            case PUT -> transfers.put(on, what);
            case GET -> transfers.get(on, what, 0);
            case READ -> transfers.read(on, what);
            case ASK -> requests.ask();
            case SAVE -> requests.save();
            case INFO -> requests.info(transfers.store(on, what.payload()));
        };
    }

    private List<Long> together(BenchCase what) throws ClientException {
        if (what.action() == Action.GET) {
            transfers.store(session, what.payload()); // before the clients ask for it all at once
        }
        return crowd.run(what.clients(), (client, number) -> switch (what.action()) {
            case PUT -> transfers.put(client, what);
            case GET -> transfers.get(client, what, number);
            case READ, ASK, SAVE, INFO -> throw new IllegalArgumentException(what + " is for one client");
        });
    }

    private List<Long> inARow(BenchCase what) throws ClientException {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < what.figure().timesInARow(); i++) {
            nanos.add(alone(session, what));
        }
        return nanos;
    }

    /** The same user, as one who knows no extension. */
    private Session core() throws ClientException {
        Session known = core;
        if (known == null) {
            known = session.anotherOfCore();
            core = known;
        }
        return known;
    }

    @Override
    public void close() {
        crowd.close();
        if (core != null) {
            core.close();
        }
    }
}
