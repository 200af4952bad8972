package dev.step.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.protocol.Limits;
import dev.step.protocol.Refused;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.frame.Json;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaveOptionsTest {
    @Test
    void oldClientAsksForNothing() throws RefusedException {
        JsonObject fields = new JsonObject();
        SaveOptions.NONE.writeTo(fields);
        assertEquals(0, fields.size());
        assertEquals(SaveOptions.NONE, SaveOptions.read(new Fields(fields)));
        assertFalse(SaveOptions.NONE.usesExtensions());
        assertFalse(SaveOptions.inBlocksOf(OptionalInt.empty()).usesExtensions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"block_size\":20480}",
                "{\"resume\":true}",
                "{\"fingerprint\":\"\"}",
                "{\"replace\":true}",
                "{\"verify\":true}",
                "{\"digest\":\"sha-256\"}",
                "{\"modified\":0}"
            })
    void eachFieldIsTheUseOfAnExtension(String fields) throws RefusedException {
        assertTrue(read(fields).usesExtensions());
    }

    @Test
    void fingerprintIsCountedInBytesOfUtf8() throws RefusedException {
        String longest = "文".repeat(Limits.MAX_FINGERPRINT_BYTES / 3) + "x".repeat(Limits.MAX_FINGERPRINT_BYTES % 3);
        assertEquals(Optional.of(longest), fingerprint(longest));
        Refused.with(Status.BAD_FIELD, () -> fingerprint(longest + "x"));
        assertEquals(Optional.of("\0/.. "), fingerprint("\0/.. "));
        assertEquals(Optional.of(""), fingerprint(""));
    }

    @Test
    void fingerprintThatIsNoUnicodeIsRefused() {
        for (String half : new String[] {"\ud83d", "\ude00", "a\ude00\ud83d"}) {
            Refused.with(Status.BAD_FIELD, () -> fingerprint(half));
        }
    }

    private static Optional<String> fingerprint(String text) throws RefusedException {
        JsonObject fields = new JsonObject();
        fields.addProperty("fingerprint", text);
        return SaveOptions.read(new Fields(fields)).resume().fingerprint();
    }

    private static SaveOptions read(String fields) throws RefusedException {
        return SaveOptions.read(new Fields(Json.parse(fields).orElseThrow()));
    }
}
