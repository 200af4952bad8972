package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does with messages before it looks at what they ask for. */
final class MessageTest extends ServerTest {
    @ParameterizedTest
    @ValueSource(strings = {"operation", "direction", "type"})
    void messageWithoutACompulsoryFieldIs400(String missing) throws IOException {
        try (RawClient client = server.connect()) {
            JsonObject request = RawClient.json("{'type':'FILE','operation':'GET','direction':'REQUEST'}");
            request.remove(missing);
            expectNames("ERROR", "ERROR", expect(400, client.ask(request)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "{'type':'FILE','operation':'GET','direction':'RESPONSE'} | 407 | ERROR | ERROR",
                "{'type':'FILE','operation':'FLY','direction':'REQUEST'} | 408 | FLY | FILE",
                "{'type':'CAR','operation':'GET','direction':'REQUEST'} | 409 | GET | CAR",
                "{'type':'CAR','operation':'FLY','direction':'REQUEST'} | 408 | FLY | CAR",
                "{'type':null,'operation':'GET','direction':'REQUEST'} | 410 | ERROR | ERROR",
                "{'type':'FILE','operation':7,'direction':'REQUEST'} | 410 | ERROR | ERROR",
                "{'direction':'EARTH'} | 333 | 3BODY | DANGEROUS",
                "{'type':'AUTH','operation':'UPLOAD','direction':'REQUEST'} | 403 | UPLOAD | AUTH",
            })
    void envelopeIsCheckedBeforeAnythingElse(String request, int status, String operation, String type)
            throws IOException {
        try (RawClient client = server.connect()) {
            expectNames(operation, type, expect(status, client.ask(RawClient.json(request))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{bad}", "[]", "3", "null", "'x'", "", "{'a':1", "{'a':1}{}", "{a:1}"})
    void textThatIsNoJsonObjectIs400AndTheConnectionGoesOn(String text) throws IOException {
        try (RawClient client = server.connect()) {
            client.sendRaw(RawClient.frame(text.replace('\'', '"'), new byte[5]));
            expect(400, client.answer());
            client.login("user");
        }
    }

    @Test
    void jsonBeyondTheLimitIsAnsweredAndTheConnectionCloses() throws IOException {
        try (RawClient client = server.connect()) {
            client.sendRaw(RawClient.frame((1 << 20) + 1, new byte[100]));
            expect(400, client.answer());
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void answerBeforeAClosingArrivesAlthoughTheClientKeepsSending() throws IOException {
        try (RawClient client = server.connect()) {
            client.sendRaw(RawClient.frame(0xFFFF_FFFF, new byte[3_000_000]));
            expect(400, client.answer());
        }
    }

    @Test
    void binaryThatNoOperationAskedForIsThrownAway() throws IOException {
        try (RawClient client = server.connect()) {
            byte[] stray = new byte[3_000_000];
            JsonObject answer = expect(200, client.ask(RawClient.loginFields("user"), stray));
            client.useToken(text(answer, "token"));
            expect(200, client.ask("FILE SAVE", "{'key':'k','size':3}", stray));
            expect(404, client.ask("FILE GET", "{'key':'k'}", stray));
            expect(400, client.ask(new JsonObject(), stray));
        }
    }

    @Test
    void binaryBeyondAllReasonIsAnsweredAndTheConnectionCloses() throws IOException {
        try (RawClient client = server.connect()) {
            byte[] text = RawClient.loginFields("user").toString().getBytes(StandardCharsets.UTF_8);
            client.sendRaw(ByteBuffer.allocate(8 + text.length)
                    .putInt(text.length)
                    .putInt(0xFFFF_FFFF)
                    .put(text)
                    .array());
            expect(400, client.answer());
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void messageThatComesByteByByteIsUnderstood() throws IOException {
        try (RawClient client = server.connect()) {
            for (byte b : RawClient.frame(RawClient.loginFields("user").toString())) {
                client.sendRaw(new byte[] {b});
            }
            expect(200, client.answer());
        }
    }

    @Test
    void lengthThatCountsCharactersIsUnderstood() throws IOException {
        try (RawClient client = server.login("user")) {
            String key = "\u6587\u4ef6 \ud83d\ude00";
            sendCountingCharacters(client, "{\"key\":\"" + key + "\",\"operation\":\"SAVE\",\"size\":5,");
            assertEquals(key, text(expect(200, client.answer()), "key"));
            sendCountingCharacters(
                    client,
                    "{\"key\":\"" + key + "\",\"operation\":\"UPLOAD\",\"block_index\":0,",
                    "hello".getBytes(StandardCharsets.UTF_8));
            expect(200, client.answer());
            expect(200, client.ask("FILE GET", "{'key':'" + key + "'}"));
        }
    }

    @Test
    void lengthThatCountsCharactersThatNeverComeIsAnsweredNotHung() throws IOException {
        try (RawClient client = server.connect()) {
            byte[] text = "{\"\u6587\u4ef6\":".getBytes(StandardCharsets.UTF_8);
            client.sendRaw(RawClient.frame(text.length, text));
            expect(400, client.answer());
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void requestsSentWithoutWaitingAreAnsweredInOrder() throws IOException {
        try (RawClient client = server.login("user")) {
            byte[] content = Content.of(10 * BLOCK, 1);
            client.ask("FILE SAVE", "{'key':'k','size':" + content.length + "}");
            for (int index = 0; index < 10; index++) {
                client.send("FILE UPLOAD", "{'key':'k','block_index':" + index + "}", Content.of(BLOCK, index));
            }
            for (int index = 0; index < 10; index++) {
                assertEquals(index, number(expect(200, client.answer()), "block_index"));
            }
        }
    }

    @Test
    void byeIsAnsweredAndTheConnectionCloses() throws IOException {
        try (RawClient client = server.connect()) {
            expectNames("BYE", "DATA", expect(200, client.ask("DATA BYE", "{}")));
            assertTrue(client.isClosedByServer());
        }
    }

    private static void sendCountingCharacters(RawClient client, String begin, byte... binary) throws IOException {
        String text = begin + "\"type\":\"FILE\",\"direction\":\"REQUEST\",\"token\":\"" + client.token() + "\"}";
        int characters = text.codePointCount(0, text.length());
        client.sendRaw(RawClient.frame(characters, text.getBytes(StandardCharsets.UTF_8), binary));
    }
}
