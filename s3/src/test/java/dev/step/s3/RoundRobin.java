package dev.step.s3;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** Deals TCP connections out to servers in turn, as a load balancer would. */
final class RoundRobin implements Closeable {
    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final List<InetSocketAddress> servers;

    RoundRobin(List<InetSocketAddress> servers) throws IOException {
        this.servers = servers;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() throws IOException {
        for (int turn = 0; true; turn++) {
            Socket client = listener.accept();
            InetSocketAddress server = servers.get(turn % servers.size());
            Socket behind = new Socket(server.getAddress(), server.getPort());
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            start(() -> copy(client, behind));
            start(() -> copy(behind, client));
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            from.close();
            to.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // closed
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
