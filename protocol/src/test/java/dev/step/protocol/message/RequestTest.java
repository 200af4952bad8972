package dev.step.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.Refused;
import dev.step.protocol.RefusedException;
import dev.step.protocol.ResourceType;
import dev.step.protocol.Status;
import dev.step.protocol.frame.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    private static final Key KEY = new Key("文件/a😀.txt");
    private static final OptionalInt ONE_MIB = OptionalInt.of(1 << 20);
    private static final ListQuery QUERY = new ListQuery("a/", Optional.of("/"), Optional.of("a/é"), 100, true);

    /** What must not stand in a field. */
    private enum Kind {
        TEXT("null", "7", "1.5", "true", "[]", "{}"),
        OPTIONAL_TEXT("7", "1.5", "true", "[]", "{}"),
        KEY("null", "7", "true", "[]", "{}", "\"\"", "\"/a\"", "\"..\"", "\"a\\u0000\""),
        OPTIONAL_KEY("7", "true", "[]", "{}", "\"/a\"", "\"..\"", "\"a\\u0000\""),
        NOT_NEGATIVE("null", "\"10\"", "1.5", "true", "[]", "{}", "-1", "-1180591620717411303424"),
        BLOCK_SIZE("\"10\"", "1.5", "true", "[]", "{}", "0", "-1", "1048577", "4294967297", "1180591620717411303424"),
        POSITIVE("\"10\"", "1.5", "true", "[]", "{}", "0", "-1"),
        FLAG("7", "\"true\"", "[]", "{}"),
        OPTIONAL_TEXTS("7", "\"a\"", "true", "{}", "[7]", "[null]");

        private final List<String> bad;

        Kind(String... bad) {
            this.bad = Arrays.asList(bad);
        }
    }

    static Stream<Request> requests() {
        return Stream.of(
                new Login("王", "8f14e45fceea167a5a36dedd4bea2543", Optional.empty()),
                new Login("", "x", Optional.of(List.of())),
                Login.withPassword("7", "secret", List.of("block-size", "list")),
                new Bye(ResourceType.AUTH),
                new Bye(ResourceType.FILE),
                new Bye(ResourceType.DATA),
                new SaveFile(Optional.of(KEY), 0, OptionalInt.empty()),
                new SaveFile(Optional.empty(), (long) Limits.MAX_BLOCKS << 20, ONE_MIB),
                new UploadBlock(KEY, 0),
                new UploadBlock(KEY, Integer.MAX_VALUE),
                new GetFile(KEY, OptionalInt.empty()),
                new GetFile(KEY, OptionalInt.of(1)),
                new ListFiles(ListQuery.ALL),
                new ListFiles(QUERY),
                new DownloadBlock(KEY, 0, OptionalInt.empty()),
                new DownloadBlock(KEY, Integer.MAX_VALUE, ONE_MIB),
                new DeleteFile(KEY),
                new SaveData(Optional.of(KEY), json("{\"a\":{\"é\":[1.50,null]},\"size\":\"x\",\"username\":7}")),
                new SaveData(Optional.empty(), new JsonObject()),
                new GetData(KEY),
                new ListData(ListQuery.ALL),
                new ListData(QUERY.startingAfter("b")),
                new DeleteData(KEY));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestIsReadAsItWasWritten(Request request) throws RefusedException {
        JsonObject wire = overTheWire(request.toJson(Optional.of("token")));
        Envelope envelope = Envelope.read(wire);
        assertEquals(request.operation(), envelope.operation());
        assertEquals(request.type(), envelope.type());
        assertEquals(Optional.of("token"), envelope.token());
        assertEquals(request, Request.read(envelope));
        assertFalse(request.toJson(Optional.empty()).has("token"));
    }

    @TestFactory
    Stream<DynamicTest> fieldOfTheWrongKindIsRefusedWith410() {
        Map<Request, Map<String, Kind>> kinds = Map.ofEntries(
                Map.entry(
                        Login.withPassword("7", "7", List.of()),
                        Map.of("username", Kind.TEXT, "password", Kind.TEXT, "features", Kind.OPTIONAL_TEXTS)),
                Map.entry(
                        new SaveFile(Optional.of(KEY), 5, ONE_MIB),
                        Map.of("key", Kind.OPTIONAL_KEY, "size", Kind.NOT_NEGATIVE, "block_size", Kind.BLOCK_SIZE)),
                Map.entry(new UploadBlock(KEY, 5), Map.of("key", Kind.KEY, "block_index", Kind.NOT_NEGATIVE)),
                Map.entry(new GetFile(KEY, ONE_MIB), Map.of("key", Kind.KEY, "block_size", Kind.BLOCK_SIZE)),
                Map.entry(new ListFiles(QUERY), queryKinds()),
                Map.entry(
                        new DownloadBlock(KEY, 5, ONE_MIB),
                        Map.of("key", Kind.KEY, "block_index", Kind.NOT_NEGATIVE, "block_size", Kind.BLOCK_SIZE)),
                Map.entry(new DeleteFile(KEY), Map.of("key", Kind.KEY)),
                Map.entry(new SaveData(Optional.of(KEY), new JsonObject()), Map.of("key", Kind.OPTIONAL_KEY)),
                Map.entry(new GetData(KEY), Map.of("key", Kind.KEY)),
                Map.entry(new ListData(QUERY), queryKinds()),
                Map.entry(new DeleteData(KEY), Map.of("key", Kind.KEY)));
        return kinds.entrySet().stream().flatMap(entry -> wrongKinds(entry.getKey(), entry.getValue()));
    }

    private static Map<String, Kind> queryKinds() {
        return Map.of(
                "prefix", Kind.OPTIONAL_TEXT,
                "delimiter", Kind.OPTIONAL_TEXT,
                "after", Kind.OPTIONAL_TEXT,
                "limit", Kind.POSITIVE,
                "detail", Kind.FLAG);
    }

    private static Stream<DynamicTest> wrongKinds(Request request, Map<String, Kind> kinds) {
        return kinds.entrySet().stream().flatMap(field -> field.getValue().bad.stream()
                .map(bad -> DynamicTest.dynamicTest(
                        request.type() + " " + request.operation() + " " + field.getKey() + "=" + bad,
                        () -> assertRefused(with(request, field.getKey(), bad)))));
    }

    @Test
    void neededFieldThatIsMissingIsRefusedWith410() {
        assertRefused(without(Login.withPassword("7", "7", List.of()), "username"));
        assertRefused(without(Login.withPassword("7", "7", List.of()), "password"));
        assertRefused(without(new SaveFile(Optional.of(KEY), 5, ONE_MIB), "size"));
        assertRefused(without(new UploadBlock(KEY, 5), "key"));
        assertRefused(without(new UploadBlock(KEY, 5), "block_index"));
        assertRefused(without(new DownloadBlock(KEY, 5, ONE_MIB), "key"));
        assertRefused(without(new DownloadBlock(KEY, 5, ONE_MIB), "block_index"));
        assertRefused(without(new DeleteFile(KEY), "key"));
        assertRefused(without(new DeleteData(KEY), "key"));
    }

    @Test
    void optionalFieldThatIsNullIsAsGoodAsAbsent() throws RefusedException {
        JsonObject save = with(new SaveFile(Optional.of(KEY), 5, ONE_MIB), "block_size", "null");
        save.add("key", json("{\"v\":null}").get("v"));
        assertEquals(new SaveFile(Optional.empty(), 5, OptionalInt.empty()), read(save));
        JsonObject list = new ListFiles(QUERY).toJson(Optional.empty());
        queryKinds()
                .keySet()
                .forEach(name -> list.add(name, json("{\"v\":null}").get("v")));
        assertEquals(new ListFiles(ListQuery.ALL), read(list));
        JsonObject login = with(Login.withPassword("7", "7", List.of()), "features", "null");
        assertEquals(Optional.empty(), ((Login) read(login)).features());
    }

    @Test
    void emptyKeyAsksTheServerToMakeOne() throws RefusedException {
        JsonObject file = with(new SaveFile(Optional.of(KEY), 5, ONE_MIB), "key", "\"\"");
        assertEquals(new SaveFile(Optional.empty(), 5, ONE_MIB), read(file));
        JsonObject data = with(new SaveData(Optional.of(KEY), json("{\"a\":1}")), "key", "\"\"");
        assertEquals(new SaveData(Optional.empty(), json("{\"a\":1}")), read(data));
    }

    @Test
    void blockSizeInAnUploadMeansNothing() throws RefusedException {
        for (String value : List.of("null", "\"x\"", "-1", "0")) {
            assertEquals(new UploadBlock(KEY, 5), read(with(new UploadBlock(KEY, 5), "block_size", value)));
        }
    }

    @Test
    void fieldsThatAnOperationDoesNotUseMayBeAnything() throws RefusedException {
        JsonObject delete = with(new DeleteFile(KEY), "block_index", "null");
        delete.add("size", json("{\"v\":[]}").get("v"));
        delete.add("unknown", json("{\"v\":{}}").get("v"));
        assertEquals(new DeleteFile(KEY), read(delete));
        assertEquals(new Bye(ResourceType.FILE), read(with(new Bye(ResourceType.FILE), "key", "7")));
    }

    @Test
    void fileOfMoreBlocksThanAPlanAllowsIsTooLarge() throws RefusedException {
        long most = (long) Limits.MAX_BLOCKS * Limits.DEFAULT_BLOCK_BYTES;
        assertEquals(1 << 24, ((SaveFile) read(save(most, "null"))).plan().totalBlocks());
        Refused.with(Status.TOO_LARGE, () -> read(save(most + 1, "null")));
        Refused.with(Status.TOO_LARGE, () -> read(save((1 << 24) + 1, "1")));
        Refused.with(Status.TOO_LARGE, () -> read(save(Long.MAX_VALUE, "1048576")));
        JsonObject huge = with(new SaveFile(Optional.of(KEY), 5, ONE_MIB), "size", "1180591620717411303424");
        Refused.with(Status.TOO_LARGE, () -> read(huge));
    }

    private static JsonObject save(long size, String blockSize) {
        return with(new SaveFile(Optional.of(KEY), size, OptionalInt.empty()), "block_size", blockSize);
    }

    @Test
    void planOfASaveHasTheBlockSizeThatWasAskedFor() {
        assertEquals(new BlockPlan(5, 20_480), new SaveFile(Optional.empty(), 5, OptionalInt.empty()).plan());
        assertEquals(new BlockPlan(5, 1 << 20), new SaveFile(Optional.empty(), 5, ONE_MIB).plan());
    }

    @Test
    void blockIndexBeyondAnIntIsTheLargestInt() throws RefusedException {
        JsonObject download = with(new DownloadBlock(KEY, 5, ONE_MIB), "block_index", "4294967296");
        assertEquals(new DownloadBlock(KEY, Integer.MAX_VALUE, ONE_MIB), read(download));
    }

    @Test
    void limitBeyondTheLargestPageIsTheLargestPage() throws RefusedException {
        for (String limit : List.of("10001", "1180591620717411303424")) {
            ListFiles list = (ListFiles) read(with(new ListFiles(QUERY), "limit", limit));
            assertEquals(Limits.MAX_LIST_KEYS, list.query().limit());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "[]", "\"\""})
    void keyThatIsThereButWrongDoesNotMakeAListingOfAGet(String key) {
        assertRefused(with(new GetFile(KEY, ONE_MIB), "key", key));
        assertRefused(with(new GetData(KEY), "key", key));
    }

    @Test
    void valueToSaveHasNeitherTheTokenNorTheEnvelope() throws RefusedException {
        JsonObject wire = json("{\"operation\":\"SAVE\",\"direction\":\"REQUEST\",\"type\":\"DATA\",\"token\":\"t\","
                + "\"key\":\"k\",\"status\":1,\"status_msg\":\"x\",\"a\":null,\"password\":\"p\",\"block_size\":-1}");
        SaveData save = (SaveData) read(wire);
        assertEquals(
                "{\"a\":null,\"password\":\"p\",\"block_size\":-1}",
                save.value().toString());
    }

    @Test
    void valueThatNoResponseCouldCarryIsRefused() throws RefusedException {
        JsonObject wire = new SaveData(Optional.of(KEY), new JsonObject()).toJson(Optional.empty());
        int most = (Limits.MAX_VALUE_BYTES - "{'a':''}".length()) / "\\ud83d\\ude00".length();
        wire.addProperty("a", "😀".repeat(most));
        assertEquals(Set.of("a"), ((SaveData) read(wire)).value().keySet());
        wire.addProperty("a", "😀".repeat(most + 1));
        Refused.with(Status.TOO_LARGE, () -> read(wire));
    }

    @Test
    void valueToSaveCannotChangeTheRequestItTravelsIn() throws RefusedException {
        SaveData save =
                new SaveData(Optional.of(KEY), json("{\"operation\":\"DELETE\",\"key\":\"x\",\"token\":\"y\"}"));
        JsonObject wire = overTheWire(save.toJson(Optional.of("token")));
        assertEquals(new SaveData(Optional.of(KEY), new JsonObject()), read(wire));
        assertEquals(Optional.of("token"), Envelope.read(wire).token());
    }

    @Test
    void loginNeverPrintsThePassword() {
        Login login = Login.withPassword("7", "secret", List.of());
        assertFalse(login.toString().contains(login.passwordMd5()), login::toString);
        assertTrue(login.toString().contains("***"), login::toString);
        assertEquals("5ebe2294ecd0e0f08eab7690d2a6ee69", login.passwordMd5());
    }

    private static void assertRefused(JsonObject request) {
        Refused.with(Status.BAD_FIELD, request.toString(), () -> read(request));
    }

    private static Request read(JsonObject request) throws RefusedException {
        return Request.read(Envelope.read(overTheWire(request)));
    }

    private static JsonObject with(Request request, String field, String value) {
        JsonObject object = request.toJson(Optional.empty());
        JsonElement element = json("{\"v\":" + value + "}").get("v");
        object.add(field, element);
        return object;
    }

    private static JsonObject without(Request request, String field) {
        JsonObject object = request.toJson(Optional.empty());
        assertTrue(object.has(field));
        object.remove(field);
        return object;
    }

    private static JsonObject overTheWire(JsonObject object) {
        return json(new String(Json.encode(object), StandardCharsets.US_ASCII));
    }

    private static JsonObject json(String text) {
        return Json.parse(text).orElseThrow();
    }
}
