package dev.step.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTest {
    @Test
    void numbersAreThoseOfTheProtocol() {
        List<Integer> codes = Arrays.stream(Status.values()).map(Status::code).toList();
        assertEquals(
                List.of(200, 333, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 412, 413, 429, 500, 503),
                codes);
    }

    @Test
    void everyStatusIsFoundByItsNumber() {
        for (Status status : Status.values()) {
            assertEquals(status, Status.of(status.code()).orElseThrow());
        }
        for (int code : new int[] {0, -1, 201, 399, 411, 501, Integer.MAX_VALUE}) {
            assertTrue(Status.of(code).isEmpty(), "status " + code);
        }
    }

    @Test
    void oldPeersAreNeverToldANumberBeyondTheCores() {
        for (Status status : Status.values()) {
            Status shown = status.forOldPeers();
            assertEquals(status.code() <= 410 ? status : Status.BAD_FIELD, shown);
        }
    }

    @Test
    void operationsAndTypesAreFoundByTheirExactNamesOnly() {
        assertEquals(Operation.UPLOAD, Operation.named("UPLOAD").orElseThrow());
        assertEquals(ResourceType.FILE, ResourceType.named("FILE").orElseThrow());
        for (String name : new String[] {"", "upload", "Upload", "UPLOAD ", "ERROR", "file", "File"}) {
            assertTrue(Operation.named(name).isEmpty(), name);
            assertTrue(ResourceType.named(name).isEmpty(), name);
        }
    }
}
