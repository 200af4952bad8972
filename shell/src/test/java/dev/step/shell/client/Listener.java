package dev.step.shell.client;

import dev.step.protocol.HostAndPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Something on a port that never answers by itself, and notes what each client has sent until it went away. */
final class Listener implements AutoCloseable {
    /** What becomes of a connection before its bytes are noted, such as TLS. */
    interface Greeting {
        Socket greet(Socket accepted) throws IOException;
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
    private volatile Greeting greeting;
    private volatile Socket client;

    Listener(Greeting greeting) throws IOException {
        this.greeting = greeting;
        Thread thread = new Thread(this::listen, "listener");
        thread.setDaemon(true);
        thread.start();
    }

    void greetWith(Greeting other) {
        greeting = other;
    }

    /** Ends what it says to the client that is there. */
    void hangUp() throws IOException {
        client.shutdownOutput();
    }

    HostAndPort address() {
        return new HostAndPort("127.0.0.1", socket.getLocalPort());
    }

    /** What the next client has sent, once it is gone. */
    byte[] heard() throws InterruptedException {
        byte[] bytes = heard.poll(30, TimeUnit.SECONDS);
        if (bytes == null) {
            throw new AssertionError("no client came and went");
        }
        return bytes;
    }

    private void listen() {
        while (!socket.isClosed()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (Socket accepted = client = socket.accept();
                    Socket greeted = greeting.greet(accepted)) {
                InputStream in = greeted.getInputStream();
                for (int b = in.read(); b >= 0; b = in.read()) {
                    bytes.write(b);
                }
            } catch (IOException e) {
                // gone, one way or another
            }
            heard.add(bytes.toByteArray());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
