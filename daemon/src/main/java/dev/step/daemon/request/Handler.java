package dev.step.daemon.request;

import dev.step.daemon.auth.Caller;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.Request;
import java.io.IOException;

/** Carries out requests of one kind. */
@FunctionalInterface
interface Handler<R extends Request> {
    /**
     * Carries out a request.
     *
     * @throws RefusedException when the answer is no
     * @throws ConnectionLostException when the client is gone
     * @throws IOException when the store failed
     */
    Reply handle(R request, Caller caller, Client client) throws IOException, RefusedException;
}
