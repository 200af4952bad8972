package dev.step.shell.client;

import dev.step.protocol.Feature;
import dev.step.protocol.Status;
import dev.step.protocol.message.Request;
import dev.step.protocol.message.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests and their answers on the connection of a session. When that is lost meanwhile, requests that may be repeated are,
 * once, on a new connection; a token that has expired is replaced. For one thread.
 */
final class Exchanges {
    private final Session session;

    Exchanges(Session session) {
        this.session = session;
    }

    /** Sends a request and waits for its answer, whatever it is. */
    Response exchange(Request request) throws ClientException {
        Response response = exchangeOnLiveConnection(request);
        if (isUnauthorized(response)) {
            session.logIn();
            response = exchangeOnLiveConnection(request);
        }
        return response;
    }

    /** The same for a request that takes the server so much longer than others. */
    Response exchange(Request request, Duration longer) throws ClientException {
        try {
            session.connection().allow(longer);
            return exchange(request);
        } finally {
            session.current().ifPresent(connection -> connection.allow(Duration.ZERO));
        }
    }

    /** The same for a request that may be repeated: a server that is gone for a moment is waited for. */
    Response exchangePatiently(Request request) throws ClientException {
        Patience patience = new Patience(session, false);
        while (true) {
            try {
                return exchange(request);
            } catch (ClientException e) {
                patience.failed(e);
            }
        }
    }

    /** The same for several, whose answers come in their order: over a long line they take as long as one, if the server can. */
    List<Response> exchangePatiently(List<Request> requests) throws ClientException {
        Patience patience = new Patience(session, false);
        while (true) {
            try {
                return exchange(requests);
            } catch (ClientException e) {
                patience.failed(e);
            }
        }
    }

    private List<Response> exchange(List<Request> requests) throws ClientException {
        List<Response> responses = new ArrayList<>();
        if (session.offers(Feature.PIPELINE) && exchangeAtOnce(requests, responses)) {
            return responses;
        }
        responses.clear();
        for (Request request : requests) {
            responses.add(exchange(request));
        }
        return responses;
    }

    /** False when that has not worked, and they have to be sent again. */
    private boolean exchangeAtOnce(List<Request> requests, List<Response> responses) throws ClientException {
        try {
            Connection connection = session.connection();
            for (Request request : requests) {
                connection.sendSoon(request);
            }
            for (int i = 0; i < requests.size(); i++) {
                responses.add(connection.receive());
            }
            return responses.stream().noneMatch(Exchanges::isUnauthorized);
        } catch (ConnectionLostException e) {
            lost(e);
            return false;
        }
    }

    private Response exchangeOnLiveConnection(Request request) throws ClientException {
        try {
            return exchangeOn(session.connection(), request);
        } catch (ConnectionLostException e) {
            lost(e);
            if (!request.isRepeatable()) {
                throw ClientException.lost(e);
            }
        }
        try {
            return exchangeOn(session.connection(), request);
        } catch (ConnectionLostException e) {
            lost(e);
            throw ClientException.lost(e);
        }
    }

    private static Response exchangeOn(Connection connection, Request request)
            throws ConnectionLostException, ClientException {
        connection.send(request);
        return connection.receive();
    }

    /** A server that has not answered in time would let us wait as long again. */
    private void lost(ConnectionLostException e) throws ClientException {
        session.lose();
        session.checkCancelled();
        if (e.isTimeout()) {
            throw ClientException.lost(e);
        }
    }

    private static boolean isUnauthorized(Response response) {
        return response.code() == Status.UNAUTHORIZED.code();
    }
}
