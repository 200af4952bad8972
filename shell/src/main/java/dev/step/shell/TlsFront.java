package dev.step.shell;

import dev.step.protocol.HostAndPort;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Speaks TLS for a server that does not, with a certificate that nobody need trust: for the training. */
final class TlsFront implements Closeable {
    private static final String SECRET = "training";

    private final HostAndPort server;
    private final ServerSocket listener;

    private TlsFront(HostAndPort server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /**
     * Listens on this machine.
     *
     * @param folder where its certificate goes
     */
    static TlsFront before(HostAndPort server, Path folder) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(certificate(folder.resolve("certificate")))) {
            store.load(file, SECRET.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, SECRET.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        TlsFront front = new TlsFront(
                server, context.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        start(front::accept);
        return front;
    }

    /** The platform can make one by its tool only. */
    private static Path certificate(Path file) throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        tool.toString(),
                        "-genkeypair",
                        "-alias",
                        SECRET,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        SECRET,
                        "-keystore",
                        file.toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the training", e);
        }
        return file;
    }

    HostAndPort address() {
        return new HostAndPort(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket there = new Socket(server.host(), server.port());
            start(() -> pass(client, there));
            start(() -> pass(there, client));
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        }
    }

    /** What it does until somebody closes something. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Runnable untilClosed = () -> {
            try {
                work.run();
            } catch (IOException e) {
                return; // closed
            }
        };
        Thread thread = new Thread(untilClosed, "tls-front");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
