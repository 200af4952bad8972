package dev.step.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.Refused;
import dev.step.protocol.RefusedException;
import dev.step.protocol.ResourceType;
import dev.step.protocol.Status;
import dev.step.protocol.frame.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
    private static final Digest MD5 = new Digest(DigestAlgorithm.MD5, "d41d8cd98f00b204e9800998ecf8427e");
    private static final Digest SHA_256 = new Digest(DigestAlgorithm.SHA_256, "ab".repeat(32));
    private static final SaveFile SAVE = new SaveFile(Optional.of(KEY), 5, SaveOptions.inBlocksOf(ONE_MIB));
    private static final SaveFile FULL_SAVE = new SaveFile(
            Optional.of(KEY),
            5,
            new SaveOptions(
                    ONE_MIB,
                    new SaveOptions.Resume(true, Optional.of("5 bytes, 文件")),
                    new SaveOptions.Publishing(true, true, DigestAlgorithm.SHA_256),
                    Optional.of(Instant.ofEpochMilli(1_700_000_000_123L))));
    private static final UploadBlock FULL_UPLOAD =
            new UploadBlock(KEY, 1, Optional.of("id"), OptionalInt.of(-1), Optional.of(MD5));
    private static final UploadWhole FULL_WHOLE =
            new UploadWhole(KEY, true, Optional.of(Instant.ofEpochMilli(-1)), OptionalInt.of(-1), SHA_256);
    private static final DownloadBlock FULL_DOWNLOAD = new DownloadBlock(KEY, 1, ONE_MIB, Optional.of("v1"), true);

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
        TIME("\"0\"", "1.5", "1e3", "true", "[]", "{}"),
        FINGERPRINT("7", "true", "[]", "{}", "\"" + "x".repeat(1025) + "\""),
        ALGORITHM("7", "true", "[]", "{}", "\"\"", "\"MD5\"", "\"sha256\"", "\"crc32\""),
        CRC("7", "true", "[]", "{}", "\"\"", "\"0000000\"", "\"000000000\"", "\"-0000001\"", "\"0000000g\""),
        MD5("7", "true", "[]", "{}", "\"\"", "\"" + "0".repeat(31) + "\"", "\"" + "0".repeat(64) + "\""),
        SHA_256("7", "true", "[]", "{}", "\"\"", "\"" + "0".repeat(32) + "\"", "\"" + "g".repeat(64) + "\""),
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
                new SaveFile(Optional.of(KEY), 0, SaveOptions.NONE),
                new SaveFile(Optional.empty(), (long) Limits.MAX_BLOCKS << 20, SaveOptions.inBlocksOf(ONE_MIB)),
                FULL_SAVE,
                new SaveFile(
                        Optional.of(KEY),
                        5,
                        new SaveOptions(
                                OptionalInt.empty(),
                                new SaveOptions.Resume(false, Optional.of("")),
                                new SaveOptions.Publishing(false, true, DigestAlgorithm.MD5),
                                Optional.of(Instant.ofEpochMilli(Long.MIN_VALUE)))),
                UploadBlock.plain(KEY, 0),
                UploadBlock.plain(KEY, Integer.MAX_VALUE),
                FULL_UPLOAD,
                new UploadBlock(KEY, 1, Optional.empty(), OptionalInt.of(0), Optional.of(SHA_256)),
                FULL_WHOLE,
                new UploadWhole(KEY, false, Optional.empty(), OptionalInt.empty(), MD5),
                GetFile.plain(KEY),
                new GetFile(KEY, OptionalInt.of(1), Optional.of(DigestAlgorithm.SHA_256)),
                new GetFile(KEY, OptionalInt.empty(), Optional.of(DigestAlgorithm.MD5)),
                new ListFiles(ListQuery.ALL),
                new ListFiles(QUERY),
                DownloadBlock.plain(KEY, 0),
                DownloadBlock.plain(KEY, Integer.MAX_VALUE),
                FULL_DOWNLOAD,
                new DownloadBlock(KEY, 0, OptionalInt.empty(), Optional.of(""), false),
                new DeleteFile(KEY, false),
                new DeleteFile(KEY, true),
                new FileStatus(KEY, false, Optional.empty()),
                new FileStatus(KEY, true, Optional.of(DigestAlgorithm.MD5)),
                new FileStatus(KEY, true, Optional.of(DigestAlgorithm.SHA_256)),
                new ListUploads(ListQuery.ALL),
                new ListUploads(QUERY),
                new SessionStatus(),
                new MoveFile(KEY, new Key("b"), false, false),
                new MoveFile(KEY, new Key("b"), true, true),
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
                        SAVE,
                        Map.of(
                                "key", Kind.OPTIONAL_KEY,
                                "size", Kind.NOT_NEGATIVE,
                                "block_size", Kind.BLOCK_SIZE,
                                "resume", Kind.FLAG,
                                "fingerprint", Kind.FINGERPRINT,
                                "replace", Kind.FLAG,
                                "verify", Kind.FLAG,
                                "digest", Kind.ALGORITHM,
                                "modified", Kind.TIME)),
                Map.entry(
                        UploadBlock.plain(KEY, 5),
                        Map.of(
                                "key", Kind.KEY,
                                "block_index", Kind.NOT_NEGATIVE,
                                "upload_id", Kind.OPTIONAL_TEXT,
                                "block_crc32c", Kind.CRC,
                                "expected_md5", Kind.MD5,
                                "expected_sha256", Kind.SHA_256)),
                Map.entry(
                        GetFile.plain(KEY),
                        Map.of("key", Kind.KEY, "block_size", Kind.BLOCK_SIZE, "digest", Kind.ALGORITHM)),
                Map.entry(new ListFiles(QUERY), queryKinds()),
                Map.entry(
                        DownloadBlock.plain(KEY, 5),
                        Map.of(
                                "key", Kind.KEY,
                                "block_index", Kind.NOT_NEGATIVE,
                                "block_size", Kind.BLOCK_SIZE,
                                "version", Kind.OPTIONAL_TEXT,
                                "block_crc32c", Kind.FLAG)),
                Map.entry(new DeleteFile(KEY, false), Map.of("key", Kind.KEY, "unfinished", Kind.FLAG)),
                Map.entry(
                        new FileStatus(KEY, false, Optional.empty()),
                        Map.of("key", Kind.KEY, "verify", Kind.FLAG, "digest", Kind.ALGORITHM)),
                Map.entry(new ListUploads(QUERY), queryKinds()),
                Map.entry(
                        new MoveFile(KEY, KEY, false, false),
                        Map.of("key", Kind.KEY, "to", Kind.KEY, "replace", Kind.FLAG)),
                Map.entry(new MoveFile(KEY, KEY, false, true), Map.of("key", Kind.KEY, "to", Kind.KEY)),
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
        assertRefused(without(SAVE, "size"));
        assertRefused(without(UploadBlock.plain(KEY, 5), "key"));
        assertRefused(without(UploadBlock.plain(KEY, 5), "block_index"));
        assertRefused(without(DownloadBlock.plain(KEY, 5), "key"));
        assertRefused(without(DownloadBlock.plain(KEY, 5), "block_index"));
        assertRefused(without(new DeleteFile(KEY, true), "key"));
        assertRefused(without(new MoveFile(KEY, KEY, false, false), "key"));
        assertRefused(without(new MoveFile(KEY, KEY, false, true), "to"));
        assertRefused(without(new DeleteData(KEY), "key"));
    }

    @Test
    void optionalFieldThatIsNullIsAsGoodAsAbsent() throws RefusedException {
        assertEquals(new SaveFile(Optional.empty(), 5, SaveOptions.NONE), read(nulls(FULL_SAVE, "size")));
        assertEquals(UploadBlock.plain(KEY, 1), read(nulls(FULL_UPLOAD, "key", "block_index")));
        assertEquals(
                new UploadWhole(KEY, false, Optional.empty(), OptionalInt.empty(), SHA_256),
                read(nulls(FULL_WHOLE, "key", "whole", "expected_sha256")));
        assertEquals(DownloadBlock.plain(KEY, 1), read(nulls(FULL_DOWNLOAD, "key", "block_index")));
        GetFile get = new GetFile(KEY, ONE_MIB, Optional.of(DigestAlgorithm.MD5));
        assertEquals(GetFile.plain(KEY), read(nulls(get, "key")));
        assertEquals(new DeleteFile(KEY, false), read(nulls(new DeleteFile(KEY, true), "key")));
        FileStatus status = new FileStatus(KEY, true, Optional.of(DigestAlgorithm.MD5));
        assertEquals(new FileStatus(KEY, false, Optional.empty()), read(nulls(status, "key")));
        MoveFile copy = new MoveFile(KEY, KEY, true, true);
        assertEquals(new MoveFile(KEY, KEY, false, true), read(nulls(copy, "key", "to")));
        assertEquals(new ListFiles(ListQuery.ALL), read(nulls(new ListFiles(QUERY))));
        assertEquals(new ListUploads(ListQuery.ALL), read(nulls(new ListUploads(QUERY))));
        JsonObject login = with(Login.withPassword("7", "7", List.of()), "features", "null");
        assertEquals(Optional.empty(), ((Login) read(login)).features());
    }

    /** The request with null in every field of its own but these. */
    private static JsonObject nulls(Request request, String... kept) {
        JsonObject own = new JsonObject();
        request.writeTo(own);
        JsonObject object = request.toJson(Optional.empty());
        own.keySet().stream()
                .filter(name -> !List.of(kept).contains(name))
                .forEach(name -> object.add(name, JsonNull.INSTANCE));
        return object;
    }

    @Test
    void emptyKeyAsksTheServerToMakeOne() throws RefusedException {
        JsonObject file = with(SAVE, "key", "\"\"");
        assertEquals(new SaveFile(Optional.empty(), 5, SaveOptions.inBlocksOf(ONE_MIB)), read(file));
        JsonObject data = with(new SaveData(Optional.of(KEY), json("{\"a\":1}")), "key", "\"\"");
        assertEquals(new SaveData(Optional.empty(), json("{\"a\":1}")), read(data));
    }

    @Test
    void blockSizeInAnUploadMeansNothing() throws RefusedException {
        for (String value : List.of("null", "\"x\"", "-1", "0")) {
            assertEquals(UploadBlock.plain(KEY, 5), read(with(UploadBlock.plain(KEY, 5), "block_size", value)));
        }
    }

    @Test
    void fieldsThatAnOperationDoesNotUseMayBeAnything() throws RefusedException {
        JsonObject delete = with(new DeleteFile(KEY, false), "block_index", "null");
        delete.add("size", json("{\"v\":[]}").get("v"));
        delete.add("unknown", json("{\"v\":{}}").get("v"));
        assertEquals(new DeleteFile(KEY, false), read(delete));
        assertEquals(new Bye(ResourceType.FILE), read(with(new Bye(ResourceType.FILE), "key", "7")));
    }

    @Test
    void fileOfMoreBlocksThanAPlanAllowsIsTooLarge() throws RefusedException {
        long most = (long) Limits.MAX_BLOCKS * Limits.DEFAULT_BLOCK_BYTES;
        assertEquals(1 << 24, ((SaveFile) read(save(most, "null"))).plan().totalBlocks());
        Refused.with(Status.TOO_LARGE, () -> read(save(most + 1, "null")));
        Refused.with(Status.TOO_LARGE, () -> read(save((1 << 24) + 1, "1")));
        Refused.with(Status.TOO_LARGE, () -> read(save(Long.MAX_VALUE, "1048576")));
        JsonObject huge = with(SAVE, "size", "1180591620717411303424");
        Refused.with(Status.TOO_LARGE, () -> read(huge));
    }

    private static JsonObject save(long size, String blockSize) {
        return with(new SaveFile(Optional.of(KEY), size, SaveOptions.NONE), "block_size", blockSize);
    }

    @Test
    void planOfASaveHasTheBlockSizeThatWasAskedFor() {
        assertEquals(new BlockPlan(5, 20_480), new SaveFile(Optional.empty(), 5, SaveOptions.NONE).plan());
        assertEquals(new BlockPlan(5, 1 << 20), SAVE.plan());
    }

    @Test
    void blockIndexBeyondAnIntIsTheLargestInt() throws RefusedException {
        JsonObject download = with(DownloadBlock.plain(KEY, 5), "block_index", "4294967296");
        assertEquals(DownloadBlock.plain(KEY, Integer.MAX_VALUE), read(download));
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
    void keyThatIsThereButWrongDoesNotAskForAListing(String key) {
        assertRefused(with(GetFile.plain(KEY), "key", key));
        assertRefused(with(new GetData(KEY), "key", key));
        assertRefused(with(new FileStatus(KEY, false, Optional.empty()), "key", key));
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
