package dev.step.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import dev.step.protocol.Operation;
import dev.step.protocol.Refused;
import dev.step.protocol.RefusedException;
import dev.step.protocol.ResourceType;
import dev.step.protocol.Status;
import dev.step.protocol.frame.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final String WELL_FORMED = "{\"operation\":\"GET\",\"direction\":\"REQUEST\",\"type\":\"FILE\"}";

    @Test
    void wellFormedRequestIsRead() throws RefusedException {
        Envelope envelope = Envelope.read(json(WELL_FORMED));
        assertEquals(Operation.GET, envelope.operation());
        assertEquals(ResourceType.FILE, envelope.type());
        assertEquals(Optional.empty(), envelope.token());
    }

    @Test
    void namesAreExact() {
        assertRefused(Status.NOT_ALLOWED, "get", "FILE", with("operation", "\"get\""));
        assertRefused(Status.WRONG_TYPE, "GET", "file", with("type", "\"file\""));
        assertRefused(Status.WRONG_DIRECTION, "ERROR", "ERROR", with("direction", "\"request\""));
    }

    @Test
    void echoTestNeedsNoOtherField() {
        RefusedException refusal = assertRefused(Status.ECHO, "3BODY", "DANGEROUS", json("{\"direction\":\"EARTH\"}"));
        assertEquals("DO NOT ANSWER! DO NOT ANSWER! DO NOT ANSWER!", refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"operation", "direction", "type"})
    void compulsoryFieldThatIsMissingIsRefusedWith400(String name) {
        JsonObject object = json(WELL_FORMED);
        object.remove(name);
        RefusedException refusal = assertRefused(Status.MALFORMED, "ERROR", "ERROR", object);
        assertEquals("Compulsory field " + name + " is missing.", refusal.getMessage());
    }

    @Test
    void emptyObjectIsRefusedWith400() {
        assertRefused(Status.MALFORMED, "ERROR", "ERROR", new JsonObject());
    }

    @ParameterizedTest
    @ValueSource(strings = {"operation", "direction", "type"})
    void compulsoryFieldThatIsNoStringIsRefusedWith410(String name) {
        for (String value : List.of("7", "null", "[]", "{}", "true", "[\"GET\"]")) {
            assertRefused(Status.BAD_FIELD, "ERROR", "ERROR", with(name, value));
        }
    }

    /** Each line breaks several rules; the first in the protocol's order is what is answered. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "333 | {'direction':'EARTH','operation':7,'type':'CAR'}",
                "333 | {'direction':'EARTH','type':null}",
                "400 | {'direction':7,'operation':'FLY'}",
                "400 | {'direction':'RESPONSE','type':'CAR'}",
                "400 | {'operation':'FLY','type':'CAR'}",
                "410 | {'operation':7,'direction':'RESPONSE','type':'CAR'}",
                "410 | {'operation':'FLY','direction':'RESPONSE','type':null}",
                "410 | {'operation':'FLY','direction':[],'type':'CAR'}",
                "407 | {'operation':'FLY','direction':'RESPONSE','type':'CAR'}",
                "407 | {'operation':'GET','direction':'','type':'CAR'}",
                "408 | {'operation':'FLY','direction':'REQUEST','type':'CAR'}",
                "408 | {'operation':'','direction':'REQUEST','type':''}",
                "409 | {'operation':'LOGIN','direction':'REQUEST','type':'CAR'}",
                "409 | {'operation':'SAVE','direction':'REQUEST','type':'ERROR','size':'x'}"
            })
    void firstRuleThatIsBrokenIsAnswered(int status, String request) {
        assertEquals(
                status, refusalOf(json(request.replace('\'', '"'))).status().code());
    }

    @Test
    void unknownNamesAreEchoedUnlessTheyAreLong() {
        assertRefused(Status.NOT_ALLOWED, "FLY", "FILE", with("operation", "\"FLY\""));
        assertRefused(Status.WRONG_TYPE, "GET", "CAR", with("type", "\"CAR\""));
        String longest = "x".repeat(64);
        assertRefused(Status.NOT_ALLOWED, longest, "FILE", with("operation", "\"" + longest + "\""));
        assertRefused(Status.NOT_ALLOWED, "ERROR", "FILE", with("operation", "\"" + longest + "x\""));
        assertRefused(Status.WRONG_TYPE, "GET", "ERROR", with("type", "\"" + longest + "x\""));
    }

    @Test
    void tokenIsAStringOrNone() throws RefusedException {
        assertEquals(Optional.of("t"), Envelope.read(with("token", "\"t\"")).token());
        assertEquals(Optional.of(""), Envelope.read(with("token", "\"\"")).token());
        for (String value : List.of("7", "null", "[]", "{}", "true")) {
            assertEquals(Optional.empty(), Envelope.read(with("token", value)).token(), value);
        }
    }

    @Test
    void fieldsAreNotLookedAtBeforeTheirOperationIs() throws RefusedException {
        Envelope envelope = Envelope.read(with("key", "[]"));
        Refused.with(Status.BAD_FIELD, () -> Request.read(envelope));
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH,SAVE",
        "AUTH,GET",
        "AUTH,DELETE",
        "AUTH,UPLOAD",
        "AUTH,DOWNLOAD",
        "AUTH,MOVE",
        "AUTH,COPY",
        "DATA,UPLOAD",
        "DATA,DOWNLOAD",
        "DATA,STATUS",
        "DATA,MOVE",
        "DATA,COPY"
    })
    void operationThatDoesNotFitItsTypeIsRefusedWith408(ResourceType type, Operation operation)
            throws RefusedException {
        Envelope envelope =
                new Envelope(operation, type, new Fields(json("{\"key\":\"k\",\"size\":1,\"block_index\":0}")));
        RefusedException refusal = Refused.with(Status.NOT_ALLOWED, () -> Request.read(envelope));
        assertNull(refusal.operationName(), "echoes the request's");
        assertNull(refusal.typeName(), "echoes the request's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FILE", "DATA"})
    void loginOfAnotherTypeIsRefusedWith409AsAuth(String type) throws RefusedException {
        JsonObject object = with("type", "\"" + type + "\"");
        object.addProperty("operation", "LOGIN");
        Envelope envelope = Envelope.read(object);
        RefusedException refusal = Refused.with(Status.WRONG_TYPE, () -> Request.read(envelope));
        assertNull(refusal.operationName());
        assertEquals("AUTH", refusal.typeName());
    }

    private static RefusedException assertRefused(Status status, String operation, String type, JsonObject object) {
        RefusedException refusal = refusalOf(object);
        assertEquals(status, refusal.status(), object::toString);
        JsonObject answer = Response.refused(nameIn(object, "operation"), nameIn(object, "type"), refusal, true);
        assertEquals(operation, answer.get("operation").getAsString(), object::toString);
        assertEquals(type, answer.get("type").getAsString(), object::toString);
        return refusal;
    }

    private static String nameIn(JsonObject object, String name) {
        return String.valueOf(object.get(name)).replace("\"", "");
    }

    private static RefusedException refusalOf(JsonObject object) {
        return assertThrows(RefusedException.class, () -> Envelope.read(object));
    }

    private static JsonObject with(String name, String value) {
        JsonObject object = json(WELL_FORMED);
        object.add(name, json("{\"value\":" + value + "}").get("value"));
        return object;
    }

    private static JsonObject json(String text) {
        return Json.parse(text).orElseThrow();
    }
}
