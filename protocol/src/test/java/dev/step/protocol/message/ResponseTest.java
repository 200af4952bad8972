package dev.step.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.Refused;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.frame.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {
    @Test
    void grantedRequestIsNamedInItsResponse() {
        JsonObject answer = Response.granted(new DeleteFile(new Key("k"), false), "Gone.", new KeyAnswer(new Key("k")));
        assertEquals(
                "{\"key\":\"k\",\"operation\":\"DELETE\",\"direction\":\"RESPONSE\",\"type\":\"FILE\",\"status\":200,"
                        + "\"status_msg\":\"Gone.\"}",
                answer.toString());
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void refusalTellsItsStatusToThoseWhoKnowIt(Status status) throws RefusedException {
        RefusedException refusal = new RefusedException(status, "No: 不.");
        Response extended = Response.read(Response.refused("SAVE", "FILE", refusal, true));
        assertEquals(status.code(), extended.code());
        assertEquals(Optional.of(status), extended.status());
        Response old = Response.read(Response.refused("SAVE", "FILE", refusal, false));
        assertEquals(status.code() > 410 ? 410 : status.code(), old.code());
        assertEquals("No: 不.", old.message());
        assertEquals("No: 不.", extended.message());
    }

    @Test
    void refusalEchoesTheRequestUnlessItSaysOtherwise() {
        RefusedException plain = new RefusedException(Status.NOT_FOUND, "x");
        assertNamed("GET", "DATA", Response.refused("GET", "DATA", plain, true));
        assertNamed("GET", "AUTH", Response.refused("GET", "DATA", plain.answeredAs(null, "AUTH"), true));
        assertNamed("ERROR", "DATA", Response.refused("GET", "DATA", plain.answeredAs("ERROR", null), false));
        assertNamed("ERROR", "ERROR", Response.refused("GET", "DATA", plain.answeredAs("ERROR", "ERROR"), false));
    }

    private static void assertNamed(String operation, String type, JsonObject answer) {
        assertEquals(operation, answer.get("operation").getAsString());
        assertEquals(type, answer.get("type").getAsString());
        assertEquals("RESPONSE", answer.get("direction").getAsString());
    }

    @Test
    void detailsOfARefusalTravelWithItAndStayItsOwn() {
        RefusedException refusal = new RefusedException(Status.TOO_LARGE, "full").with("available", 1L << 40);
        JsonObject answer = Response.refused("SAVE", "FILE", refusal, true);
        assertEquals(1L << 40, answer.get("available").getAsLong());
        answer.addProperty("available", 0);
        assertEquals(1L << 40, refusal.details().get("available").getAsLong());
        assertEquals(1, refusal.details().size());
    }

    @Test
    void statusThatTheProtocolDoesNotKnowIsKeptAsANumber() throws RefusedException {
        Response response = Response.read(json("{\"status\":299}"));
        assertEquals(299, response.code());
        assertFalse(response.isOk());
        assertTrue(response.status().isEmpty());
        assertEquals("", response.message());
    }

    @Test
    void wordsMayBeNull() throws RefusedException {
        assertEquals(
                "", Response.read(json("{\"status\":200,\"status_msg\":null}")).message());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\":null}",
                "{\"status\":\"200\"}",
                "{\"status\":200.5}",
                "{\"status\":true}",
                "{\"status\":[200]}",
                "{\"status\":200,\"status_msg\":7}"
            })
    void responseWithoutAStatusIsNone(String text) {
        Refused.with(Status.BAD_FIELD, () -> Response.read(json(text)));
    }

    @Test
    void statusBeyondAnIntIsNotMistakenForAnother() throws RefusedException {
        assertFalse(Response.read(json("{\"status\":4294967496}")).isOk()); // 200, if it were cut to an int
    }

    private static JsonObject json(String text) {
        return Json.parse(text).orElseThrow();
    }
}
