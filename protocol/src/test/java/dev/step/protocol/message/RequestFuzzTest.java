package dev.step.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonObject;
import dev.step.protocol.ProtocolException;
import dev.step.protocol.RefusedException;
import dev.step.protocol.frame.Frame;
import dev.step.protocol.frame.FrameReader;
import dev.step.protocol.frame.Json;
import dev.step.protocol.frame.MessageClock;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a client may send, from bytes to requests. The inputs kept beside the test are replayed as unit tests; with
 * {@code JAZZER_FUZZ=1} in the environment new ones are searched for.
 */
final class RequestFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void anyBytesAreARequestOrRefused(byte[] sent) throws IOException {
        FrameReader reader =
                FrameReader.ofRequests(Channels.newChannel(new ByteArrayInputStream(sent)), MessageClock.PATIENT);
        try {
            while (readOne(reader)) {
                // the next one
            }
        } catch (ProtocolException | EOFException e) {
            assertTrue(e.getMessage() != null);
        }
    }

    private static boolean readOne(FrameReader reader) throws IOException {
        try {
            Frame frame = reader.next();
            if (frame == null) {
                return false;
            }
            reader.skipBinary();
            checkJson(frame.fields());
            checkRequest(Request.read(Envelope.read(frame.fields())));
        } catch (RefusedException e) {
            assertTrue(e.status().code() > 200);
            reader.skipBinary();
        }
        return true;
    }

    /** What was read is written as ASCII, and read again as the same. */
    private static void checkJson(JsonObject fields) {
        String written = new String(Json.encode(fields), StandardCharsets.US_ASCII);
        assertEquals(Optional.of(fields), Json.parse(written));
    }

    /** A request says what it is, but for a password, and writes what it would be read from. */
    private static void checkRequest(Request request) throws RefusedException {
        JsonObject written = request.toJson(Optional.of("t"));
        Request again = Request.read(Envelope.read(written));
        assertEquals(request.getClass(), again.getClass());
        if (request instanceof Login) { // a value may have a field of any name
            assertTrue(request.toString().contains("password=***"));
        }
    }
}
