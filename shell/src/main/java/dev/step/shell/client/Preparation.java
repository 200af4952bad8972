package dev.step.shell.client;

import com.google.gson.JsonObject;
import dev.step.protocol.Digest;
import dev.step.protocol.frame.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;

/**
 * What the JVM does when something is used for the first time, done ahead: while the command line is read, another
 * processor gets ready what a login needs. Nothing depends on how far that comes, or whether it fails.
 */
public final class Preparation {
    private static final String ANYTHING = "";
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private Preparation() {}

    /**
     * Begins, and returns at once.
     *
     * @param withTls whether TLS will probably be spoken
     */
    public static void begin(boolean withTls) {
        Thread thread = new Thread(() -> prepare(withTls), "preparation");
        thread.setDaemon(true);
        thread.start();
    }

    private static void prepare(boolean withTls) {
        if (withTls) {
            prepareTls();
        }
        preparePlain();
    }

    private static void preparePlain() {
        try (SocketChannel socket = SocketChannel.open()) {
            Digest.md5Hex(ANYTHING);
            Json.parse(new String(Json.encode(new JsonObject()), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return; // who needs a socket then will say why there is none
        }
    }

    /** As far as the first message to a server, which goes nowhere. */
    private static void prepareTls() {
        SSLEngine engine = AnyCertificate.context().createSSLEngine();
        engine.setUseClientMode(true);
        try {
            engine.wrap(NOTHING, ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
        } catch (IOException e) {
            return; // who speaks TLS then will say what is wrong
        }
    }
}
