package dev.step.shell.command;

import dev.step.protocol.Key;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Base64;

/** Writes a file's content to the results: as it is, or a piece in each JSON object. */
final class ResultChannel implements WritableByteChannel {
    private final Output output;
    private final Key key;
    private long offset;

    ResultChannel(Output output, Key key) {
        this.output = output;
        this.key = key;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        if (output.isJson()) {
            byte[] bytes = new byte[length];
            source.get(bytes);
            String base64 = Base64.getEncoder().encodeToString(bytes);
            output.answer("", Facts.of("key", key.text()).and("offset", offset).and("base64", base64));
        } else {
            output.bytes(source);
        }
        offset += length;
        return length;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** The results go on. */
    @Override
    public void close() {}
}
