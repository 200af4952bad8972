package dev.step.daemon.connection;

import dev.step.daemon.request.Dispatcher;
import dev.step.protocol.RefusedException;
import dev.step.protocol.frame.FrameWriter;
import dev.step.protocol.message.Response;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections and starts a {@link Session} for each. Two threads: one waits for connections, one looks after
 * the sessions' deadlines.
 */
public final class Acceptor implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
    /** Old clients open 500 connections in half a second; the kernel takes what it allows of this. */
    private static final int BACKLOG = 4096;

    private static final long DEADLINE_CHECK_MILLIS = 250;
    private static final long ACCEPT_PAUSE_MILLIS = 100;
    /** SIGTERM is answered within 5 s, and the store has to be closed too. */
    private static final long FINISH_MILLIS = 3_500;

    private final ServerSocketChannel listener;
    private final Dispatcher dispatcher;
    private volatile ConnectionRules rules;
    private final Sessions sessions = new Sessions();
    private final Admission admission;
    private final JsonBudget memory = JsonBudget.ofMemory();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread accepting = thread("acceptor", this::acceptUntilClosed);
    private final Thread watching = thread("deadlines", this::watchDeadlines);
    /** The number of the connection that was accepted last; for the accepting thread. */
    private long lastConnection;

    private Acceptor(ServerSocketChannel listener, Dispatcher dispatcher, ConnectionRules rules) {
        this.listener = listener;
        this.dispatcher = dispatcher;
        this.rules = rules;
        this.admission = new Admission(rules.limits());
    }

    /** Listens and serves until closed. */
    public static Acceptor start(InetSocketAddress address, Dispatcher dispatcher, ConnectionRules rules)
            throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(address, BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        Acceptor acceptor = new Acceptor(listener, dispatcher, rules);
        acceptor.accepting.start();
        acceptor.watching.start();
        return acceptor;
    }

    /** Takes connections by other rules from now on. Callable from any thread. */
    public void apply(ConnectionRules fresh) {
        rules = fresh;
        admission.apply(fresh.limits());
    }

    /** The connections that it serves. */
    public Connections connections() {
        return sessions;
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    /** Stops accepting, lets requests in flight be answered for a few seconds, and closes all connections. */
    @Override
    public void close() throws IOException {
        listener.close();
        try {
            accepting.join(); // or a session that it is just starting would not be told to end
            sessions.endAll(FINISH_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown(); // the sessions' last answers still have deadlines
        }
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void acceptUntilClosed() {
        while (listener.isOpen()) {
            try {
                serve(listener.accept());
            } catch (ClosedChannelException e) {
                LOG.debug("stopped listening");
            } catch (IOException e) {
                LOG.warn("Cannot accept connections: {}", e.getMessage());
                pause(ACCEPT_PAUSE_MILLIS); // out of descriptors, say: some may be free soon
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        ConnectionRules now = rules;
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            InetAddress from = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
            PeerChannel counted = new PeerChannel(channel, now.tls(), new ConnectionTraffic(sessions.traffic()));
            ClientDeadline deadline = new ClientDeadline(counted, now.limits(), memory);
            serve(counted, new Peer(from, admission.admit(), admission, deadline), now);
        } catch (RefusedException tooMany) {
            LOG.debug("{}: {}", channel, tooMany.getMessage());
            sessions.traffic().rejected();
            refuse(channel, tooMany);
        } catch (IOException e) {
            LOG.debug("{} is gone already", channel, e);
            channel.close();
        }
    }

    private void serve(PeerChannel channel, Peer peer, ConnectionRules now) throws IOException, RefusedException {
        boolean served = false;
        try {
            if (!now.isProxy(peer.address())) {
                peer.isAt(peer.address());
            }
            sessions.start(new Session(++lastConnection, channel, peer, dispatcher, now));
            sessions.traffic().accepted();
            served = true;
        } catch (OutOfMemoryError e) { // that is how a platform says that it has no more threads
            LOG.warn("A connection is closed, as it cannot be served: {}", e.getMessage());
            channel.close();
        } finally {
            if (!served) {
                peer.close();
            }
        }
    }

    /** Without waiting: the answer fits into the socket's buffer, and whoever does not read it misses it. */
    private static void refuse(SocketChannel channel, RefusedException tooMany) {
        try (channel) {
            channel.configureBlocking(false);
            new FrameWriter(channel).write(Response.refused("ERROR", "ERROR", tooMany, false));
            channel.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("{} is gone already", channel, e);
        }
    }

    private void watchDeadlines() {
        while (!pause(DEADLINE_CHECK_MILLIS)) {
            sessions.check();
        }
    }

    /** Waits; true when the acceptor was stopped. */
    private boolean pause(long millis) {
        try {
            return stopped.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
