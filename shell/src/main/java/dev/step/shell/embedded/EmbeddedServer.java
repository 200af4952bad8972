package dev.step.shell.embedded;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import dev.step.shell.client.ServerLocator;
import dev.step.shell.client.Target;
import java.nio.file.Path;

/**
 * A server inside of this process, on a loopback port of its own, with a real store that stays. The one class of the shell
 * that knows the daemon.
 */
public final class EmbeddedServer implements ServerLocator {
    private final Path store;

    /**
     * Does not start yet.
     *
     * @param store the folder that holds what is stored; made when it is missing
     */
    public EmbeddedServer(Path store) {
        this.store = store;
    }

    /** Starts the server, or finds the one that already serves this store. */
    @Override
    public Target locate() throws ClientException {
        throw new ClientException(Problem.CANNOT_CONNECT, "the embedded server for " + store + " is not available yet");
    }

    /** Stops the server, if it was started here. */
    @Override
    public void close() {}
}
