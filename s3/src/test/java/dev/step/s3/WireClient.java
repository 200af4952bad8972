package dev.step.s3;

import com.google.gson.JsonObject;
import dev.step.protocol.RefusedException;
import dev.step.protocol.frame.Frame;
import dev.step.protocol.frame.FrameReader;
import dev.step.protocol.frame.FrameWriter;
import dev.step.protocol.frame.MessageClock;
import dev.step.protocol.message.Login;
import dev.step.protocol.message.Request;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;

/** A client that sends requests, ahead of their answers if it likes, and reads the answers. */
final class WireClient implements Closeable {
    private static final int ANSWER_WITHIN_MILLIS = 60_000;
    private static final int MOST_HELD_BYTES = 1 << 20;

    private final SocketChannel channel;
    private final FrameWriter writer;
    private final FrameReader reader;
    private Optional<String> token = Optional.empty();

    private WireClient(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.writer = new FrameWriter(channel, MOST_HELD_BYTES);
        this.reader = FrameReader.ofResponses(input(channel.socket()), MessageClock.PATIENT);
    }

    /** Of a socket, which has a timeout, as a channel has not. */
    private static ReadableByteChannel input(Socket socket) throws IOException {
        socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
        return Channels.newChannel(socket.getInputStream());
    }

    /** Logs in, too, as a client that knows extensions. */
    static WireClient connect(InetSocketAddress server, String user) throws IOException {
        WireClient client = new WireClient(SocketChannel.open(server));
        JsonObject answer = client.ask(Login.withPassword(user, user, List.of()));
        client.token = Optional.of(answer.get("token").getAsString());
        return client;
    }

    JsonObject ask(Request request) throws IOException {
        return ask(request, ByteBuffer.allocate(0));
    }

    JsonObject ask(Request request, ByteBuffer block) throws IOException {
        hold(request, block);
        send();
        return answer();
    }

    /** Sends a request with the next ones. */
    void hold(Request request, ByteBuffer block) throws IOException {
        writer.hold(request.toJson(token), block);
    }

    /** Sends what was held, in one piece. */
    void send() throws IOException {
        writer.flush();
    }

    /** Waits for one answer. */
    JsonObject answer() throws IOException {
        return answer(ByteBuffer.allocate(0));
    }

    /** The same for one whose binary part is wanted, as far as there is room. */
    JsonObject answer(ByteBuffer block) throws IOException {
        try {
            Frame frame = reader.next();
            if (frame == null) {
                throw new EOFException("the server has closed the connection");
            }
            int length = (int) Math.min(reader.binaryLeft(), block.remaining());
            reader.readBinary(block.slice().limit(length));
            block.position(block.position() + length);
            reader.skipBinary();
            return frame.fields();
        } catch (RefusedException e) {
            throw new IOException("no answer", e);
        }
    }

    /** Is cut off while it sends something. */
    void endInsideAMessage() throws IOException {
        channel.write(ByteBuffer.allocate(1));
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
