package dev.step.daemon;

import dev.step.daemon.auth.Authenticator;
import dev.step.daemon.connection.Acceptor;
import dev.step.daemon.connection.ConnectionRules;
import dev.step.daemon.connection.Connections;
import dev.step.daemon.request.Dispatcher;
import dev.step.daemon.request.RequestObserver;
import dev.step.daemon.store.Quotas;
import dev.step.daemon.store.Store;
import dev.step.protocol.HostAndPort;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A running server: an object that a program or a test starts and stops. */
public final class StepServer implements Closeable {
    private final Store store;
    private final Acceptor acceptor;

    private StepServer(Store store, Acceptor acceptor) {
        this.store = store;
        this.acceptor = acceptor;
    }

    /** Starts to accept connections from this machine; see the last one for the parameters. */
    public static StepServer start(InetSocketAddress listen, Store store, Authenticator authenticator)
            throws IOException {
        return start(listen, store, authenticator, ConnectionRules.LOCAL);
    }

    /** Starts to accept connections, and tells nobody of requests; see the last one for the parameters. */
    public static StepServer start(
            InetSocketAddress listen, Store store, Authenticator authenticator, ConnectionRules rules)
            throws IOException {
        return start(listen, store, authenticator, rules, RequestObserver.NONE);
    }

    /**
     * Starts to accept connections.
     *
     * @param listen where to listen; port 0 lets the system choose, see {@link #address}
     * @param store closed with the server, and also when it cannot start
     * @param observer is told of every request
     */
    public static StepServer start(
            InetSocketAddress listen,
            Store store,
            Authenticator authenticator,
            ConnectionRules rules,
            RequestObserver observer)
            throws IOException {
        try {
            return new StepServer(store, Acceptor.start(listen, new Dispatcher(store, authenticator, observer), rules));
        } catch (IOException e) {
            store.close();
            throw e;
        }
    }

    /** Takes connections by other rules from now on; those that are there stay as they are. */
    void apply(ConnectionRules rules) {
        acceptor.apply(rules);
    }

    /** Lets users have so much from now on. */
    void limit(Quotas quotas) {
        store.limit(quotas);
    }

    /** The connections that it serves. */
    Connections connections() {
        return acceptor.connections();
    }

    /** Where the server listens, with the real port. */
    public InetSocketAddress address() throws IOException {
        return acceptor.address();
    }

    /** Where the server listens, as {@code ADDRESS:PORT}. */
    String shownAddress() throws IOException {
        return new HostAndPort(
                        address().getAddress().getHostAddress(), address().getPort())
                .toString();
    }

    /** Stops accepting, lets the requests in flight be answered for a few seconds, and closes the store. */
    @Override
    public void close() throws IOException {
        try (store) {
            acceptor.close();
        }
    }
}
