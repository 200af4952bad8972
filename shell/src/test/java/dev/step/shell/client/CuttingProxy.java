package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Stands between a client and its server, counts the bytes, and does something when so many have passed. */
public final class CuttingProxy implements AutoCloseable {
    /** What is to happen when so many bytes have passed in both directions. */
    private record Event(long at, boolean cuts, Runnable action) {}

    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final Deque<Event> events = new ArrayDeque<>();
    private final List<Socket> sockets = new ArrayList<>();
    private long sent;
    private long received;
    private boolean closed;

    public CuttingProxy(InetSocketAddress server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public HostAndPort address() {
        return new HostAndPort("127.0.0.1", listener.getLocalPort());
    }

    /** When so many more bytes have passed, ends every connection and then does this; nobody can connect meanwhile. */
    public synchronized void cutAfter(long bytes, Runnable action) {
        events.add(new Event(sent + received + bytes, true, action));
    }

    /** When so many more bytes have passed, does this, with every connection as it is: what a user does who has had enough. */
    public synchronized void after(long bytes, Runnable action) {
        events.add(new Event(sent + received + bytes, false, action));
    }

    /** How many bytes have come from clients. */
    public synchronized long sent() {
        return sent;
    }

    /** How many bytes have come from the server. */
    public synchronized long received() {
        return received;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                connect(client);
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    /** One that was accepted just before the end comes too late. */
    private synchronized void connect(Socket client) throws IOException {
        if (closed) {
            client.close();
            return;
        }
        try {
            Socket there = new Socket(server.getAddress(), server.getPort());
            sockets.add(client);
            sockets.add(there);
            start(() -> forward(client, there, true));
            start(() -> forward(there, client, false));
        } catch (IOException e) {
            client.close(); // the server is not there
        }
    }

    private void forward(Socket from, Socket to, boolean upwards) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!passes(n, upwards)) {
                    return;
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            return; // one of them has left
        }
    }

    private synchronized boolean passes(int bytes, boolean upwards) {
        sent += upwards ? bytes : 0;
        received += upwards ? 0 : bytes;
        Event next = events.peek();
        if (next == null || sent + received < next.at()) {
            return true;
        }
        events.remove();
        if (next.cuts()) {
            sockets.forEach(CuttingProxy::close);
            sockets.clear();
        }
        next.action().run();
        return !next.cuts();
    }

    /** One that the other thread has just closed may refuse to be closed again. */
    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it is closed all the same
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() {
        try {
            closed = true;
            listener.close();
            sockets.forEach(CuttingProxy::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
