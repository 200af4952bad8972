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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A line between a client and its server on which every byte travels for a while, and each connection carries only so much at
 * once: what several connections are for. It can refuse connections, and cut one.
 */
final class LongLine implements AutoCloseable {
    /** Each way; twice as much is far more than a shell takes for a short line. */
    private static final long DELAY_NANOS = 10_000_000;

    private static final int MOST_PIECES_ON_THE_WAY = 16;
    private static final int PIECE_BYTES = 16 << 10;
    private static final long MOST_PATIENCE_NANOS = 10_000_000_000L;
    private static final byte[] END = new byte[0];

    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final List<Wire> wires = new ArrayList<>();
    private int taken = Integer.MAX_VALUE;
    private int carried = Integer.MAX_VALUE;
    private int cutWire = -1;
    private long cutAfter;
    private boolean hasCut;
    private int sharers;
    private long share;
    private boolean isClosed;

    /** One direction's bytes, and when they are due. */
    private record Piece(byte[] bytes, long due) {}

    LongLine(InetSocketAddress server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    HostAndPort address() {
        return new HostAndPort("127.0.0.1", listener.getLocalPort());
    }

    /** Closes every connection but the first so many, at once. */
    synchronized LongLine takingOnly(int connections) {
        taken = connections;
        return this;
    }

    /** Carries nothing on any connection but the first so many, and closes none. */
    synchronized LongLine carryingOnly(int connections) {
        carried = connections;
        return this;
    }

    /** Cuts a connection, counted from 0, when so many bytes have come from its client or its server. */
    synchronized LongLine cutting(int connection, long bytes) {
        cutWire = connection;
        cutAfter = bytes;
        return this;
    }

    /**
     * From now on, carries nothing more on a connection that has carried so many bytes before so many connections have: a test
     * need not hope that all are about as quick. Not for ever, so that a test in which they never do fails by what it expects.
     */
    synchronized LongLine sharing(int connections, long bytes) {
        wires.forEach(wire -> wire.bytesBefore = wire.bytes);
        sharers = connections;
        share = bytes;
        return this;
    }

    /** Whether a connection was cut. */
    synchronized boolean hasCut() {
        return hasCut;
    }

    /** How many connections there have been, those that were refused included. */
    synchronized int connections() {
        return wires.size();
    }

    /** On how many connections at least so many bytes have moved, whichever way. */
    synchronized long connectionsWith(long bytes) {
        return wires.stream().filter(wire -> wire.bytes >= bytes).count();
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private synchronized void connect(Socket client) throws IOException {
        Wire wire = new Wire(client, new Socket(server.getAddress(), server.getPort()), wires.size());
        wires.add(wire);
        if (wires.size() > taken) {
            wire.close();
            return;
        }
        if (wires.size() > carried) {
            return;
        }
        wire.carry(client, wire.there);
        wire.carry(wire.there, client);
    }

    private synchronized boolean isCut(Wire wire, int bytes) {
        wire.bytes += bytes;
        notifyAll();
        boolean isCut = wire.number == cutWire && wire.bytes >= cutAfter;
        hasCut |= isCut;
        return isCut;
    }

    private synchronized void awaitShares(Wire wire) {
        long end = System.nanoTime() + MOST_PATIENCE_NANOS;
        while (isAhead(wire) && System.nanoTime() < end) {
            try {
                wait(1 + (end - System.nanoTime()) / 1_000_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private boolean isAhead(Wire wire) {
        return !isClosed
                && wire.bytes - wire.bytesBefore >= share
                && wires.stream()
                                .filter(other -> other.bytes - other.bytesBefore >= share)
                                .count()
                        < sharers;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "long-line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() {
        try {
            listener.close();
            wires.forEach(Wire::close);
            isClosed = true;
            notifyAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection. */
    private final class Wire {
        private final Socket client;
        private final Socket there;
        private final int number;
        private long bytes;
        private long bytesBefore;

        Wire(Socket client, Socket there, int number) {
            this.client = client;
            this.there = there;
            this.number = number;
        }

        void carry(Socket from, Socket to) {
            BlockingQueue<Piece> onTheWay = new LinkedBlockingQueue<>(MOST_PIECES_ON_THE_WAY);
            start(() -> take(from, onTheWay));
            start(() -> deliver(to, onTheWay));
        }

        private void take(Socket from, BlockingQueue<Piece> onTheWay) {
            byte[] buffer = new byte[PIECE_BYTES];
            try {
                InputStream in = from.getInputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    byte[] piece = new byte[n];
                    System.arraycopy(buffer, 0, piece, 0, n);
                    put(onTheWay, piece);
                    if (isCut(this, n)) {
                        close();
                    }
                    awaitShares(this);
                }
            } catch (IOException e) {
                close(); // and so is the other end
            }
            put(onTheWay, END);
        }

        private void deliver(Socket to, BlockingQueue<Piece> onTheWay) {
            try {
                OutputStream out = to.getOutputStream();
                for (Piece piece = takeFrom(onTheWay); piece.bytes() != END; piece = takeFrom(onTheWay)) {
                    for (long left = piece.due() - System.nanoTime();
                            left > 0;
                            left = piece.due() - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    out.write(piece.bytes());
                }
            } catch (IOException e) {
                close();
                drain(onTheWay);
            }
            close();
        }

        /** Whoever takes must not wait for room for ever. */
        private void drain(BlockingQueue<Piece> onTheWay) {
            for (Piece piece = takeFrom(onTheWay); piece.bytes() != END; ) {
                piece = takeFrom(onTheWay);
            }
        }

        private static void put(BlockingQueue<Piece> onTheWay, byte[] bytes) {
            try {
                onTheWay.put(new Piece(bytes, System.nanoTime() + DELAY_NANOS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Piece takeFrom(BlockingQueue<Piece> onTheWay) {
            return Queues.take(onTheWay);
        }

        /** One that another thread has just closed may refuse to be closed again. */
        void close() {
            for (Socket socket : List.of(client, there)) {
                try {
                    socket.close();
                } catch (IOException e) {
                    continue; // it is closed all the same
                }
            }
        }
    }
}
