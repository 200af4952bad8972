package dev.step.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
    private static final Key KEY = new Key("文件/a😀.txt");
    private static final Request REQUEST = new Bye(ResourceType.FILE);
    private static final Digest MD5 = new Digest(DigestAlgorithm.MD5, "d41d8cd98f00b204e9800998ecf8427e");
    private static final Digest SHA_256 = new Digest(DigestAlgorithm.SHA_256, "ab".repeat(32));
    private static final BlockPlan LARGEST = new BlockPlan((long) Limits.MAX_BLOCKS << 20, Limits.MAX_BLOCK_BYTES);
    private static final BlockRanges EDGES =
            new BlockRanges(List.of(new BlockRanges.Range(0, 0), new BlockRanges.Range(7, (1 << 24) - 1)), true);

    interface Reading {
        Answer from(Fields fields) throws RefusedException;
    }

    static Stream<Arguments> answers() {
        FileDetail detail = new FileDetail(KEY, 1L << 60, Instant.ofEpochMilli(-1), List.of(MD5, SHA_256));
        FileDetail empty = new FileDetail(new Key("b"), 0, Instant.ofEpochMilli(1_700_000_000_123L), List.of());
        LoggedIn.ServerInfo info =
                new LoggedIn.ServerInfo("step-server/1", List.of("list"), 1 << 20, DigestAlgorithm.SHA_256);
        return Stream.of(
                answer(fields -> Answer.NOTHING, Answer.NOTHING),
                answer(LoggedIn::read, new LoggedIn("t", Optional.empty())),
                answer(LoggedIn::read, new LoggedIn("t", Optional.of(info))),
                answer(KeyAnswer::read, new KeyAnswer(KEY)),
                answer(UploadPlan::read, uploadPlan(new BlockPlan(0, 1), List.of(MD5))),
                answer(UploadPlan::read, uploadPlan(LARGEST, List.of())),
                answer(
                        UploadPlan::read,
                        new UploadPlan(KEY, LARGEST, Optional.of("id"), Optional.of(EDGES), List.of())),
                answer(
                        UploadPlan::read,
                        new UploadPlan(KEY, LARGEST, Optional.of(""), Optional.of(BlockRanges.NONE), List.of())),
                answer(DownloadPlan::read, downloadPlan(LARGEST, List.of(MD5, SHA_256))),
                answer(DownloadPlan::read, downloadPlan(new BlockPlan(20_481, 20_480), List.of(SHA_256))),
                answer(
                        DownloadPlan::read,
                        new DownloadPlan(
                                KEY,
                                LARGEST,
                                List.of(),
                                Optional.of("v1"),
                                Optional.of(Instant.ofEpochMilli(Long.MAX_VALUE)))),
                answer(BlockReceived::read, new BlockReceived(KEY, 0, List.of())),
                answer(BlockReceived::read, new BlockReceived(KEY, Integer.MAX_VALUE, List.of(MD5, SHA_256))),
                answer(BlockSent::read, new BlockSent(KEY, 3, 20_480, OptionalInt.empty())),
                answer(BlockSent::read, new BlockSent(KEY, 3, 1 << 20, OptionalInt.of(0x0012_ABCD))),
                answer(DataValue::read, new DataValue(KEY, json("{\"a\":[1.50,{\"é\":null}],\"size\":\"x\"}"))),
                answer(DataList::read, new DataList(List.of(), Optional.empty())),
                answer(DataList::read, new DataList(List.of(KEY, new Key("b")), Optional.of("b"))),
                answer(FileList::read, new FileList(List.of(), Optional.empty(), List.of(), Optional.empty())),
                answer(
                        FileList::read,
                        new FileList(
                                List.of(KEY, new Key("b")),
                                Optional.of(List.of(detail, empty)),
                                List.of("a/", "文件/"),
                                Optional.of("b"))));
    }

    private static UploadPlan uploadPlan(BlockPlan blocks, List<Digest> digests) {
        return new UploadPlan(KEY, blocks, Optional.empty(), Optional.empty(), digests);
    }

    private static DownloadPlan downloadPlan(BlockPlan blocks, List<Digest> digests) {
        return new DownloadPlan(KEY, blocks, digests, Optional.empty(), Optional.empty());
    }

    private static Arguments answer(Reading reading, Answer answer) {
        return Arguments.of(reading, answer);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answerIsReadAsItWasWritten(Reading reading, Answer answer) throws RefusedException {
        JsonObject written = Response.granted(REQUEST, "Done: 好.", answer);
        Response response = Response.read(json(new String(Json.encode(written), StandardCharsets.US_ASCII)));
        assertTrue(response.isOk());
        assertEquals("Done: 好.", response.message());
        assertEquals(answer, reading.from(response.fields()));
    }

    @ParameterizedTest
    @CsvSource({
        "-1,20480,0",
        "1,0,1",
        "1,-1,1",
        "1,1048577,1",
        "20480,20480,2",
        "20481,20480,1",
        "0,20480,1",
        "16777217,1,16777217",
        "10,5,-2",
        "9223372036854775807,1,-1",
        "1180591620717411303424,1048576,16777216",
        "1,4294967297,1"
    })
    void planThatDoesNotAddUpIsRefused(String size, String blockSize, String total) {
        String plan =
                "{\"key\":\"k\",\"size\":" + size + ",\"block_size\":" + blockSize + ",\"total_block\":" + total + "}";
        Refused.with(Status.BAD_FIELD, () -> UploadPlan.read(fields(plan)));
        Refused.with(Status.BAD_FIELD, () -> DownloadPlan.read(fields(plan)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "size", "block_size", "total_block"})
    void planWithoutANeededFieldIsRefused(String name) throws RefusedException {
        JsonObject plan = json("{\"key\":\"k\",\"size\":5,\"block_size\":20480,\"total_block\":1}");
        assertEquals(new BlockPlan(5, 20_480), UploadPlan.read(new Fields(plan)).blocks());
        for (String value : List.of("null", "[]", "{}", "true", "1.5")) {
            plan.add(name, json("{\"v\":" + value + "}").get("v"));
            Refused.with(Status.BAD_FIELD, name, () -> DownloadPlan.read(new Fields(plan)));
        }
        plan.remove(name);
        Refused.with(Status.BAD_FIELD, name, () -> UploadPlan.read(new Fields(plan)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"file_list\":[7]}",
                "{\"file_list\":\"a\"}",
                "{\"file_list\":[\"..\"]}",
                "{\"folders\":[7]}",
                "{\"files\":{}}",
                "{\"files\":[7]}",
                "{\"files\":[{}]}",
                "{\"after\":7}",
                "{\"files\":[{\"key\":\"a\",\"size\":\"1\",\"modified\":0}]}",
                "{\"files\":[{\"key\":\"a\",\"size\":-1,\"modified\":0}]}",
                "{\"files\":[{\"key\":\"a\",\"size\":-9223372036854775809,\"modified\":0}]}",
                "{\"files\":[{\"key\":\"a\",\"size\":1,\"modified\":null}]}",
                "{\"files\":[{\"key\":\"/a\",\"size\":1,\"modified\":0}]}",
                "{\"files\":[{\"key\":\"a\",\"size\":1,\"modified\":0,\"md5\":\"x\"}]}"
            })
    void listingThatIsNoListingIsRefused(String listing) {
        Refused.with(Status.BAD_FIELD, () -> FileList.read(fields(listing)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-2147483649", "1048577", "4294967297", "18446744073709551617", "null", "1.5"})
    void blockThatNoPlanHasIsRefused(String size) throws RefusedException {
        String block = "{\"key\":\"k\",\"block_index\":0,\"size\":%s}";
        Refused.with(Status.BAD_FIELD, () -> BlockSent.read(fields(block.formatted(size))));
        for (int sound : new int[] {0, 1, Limits.MAX_BLOCK_BYTES}) {
            assertEquals(sound, BlockSent.read(fields(block.formatted(sound))).size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "true", "\"\"", "\"1234567\"", "\"123456789\"", "\"0x123456\""})
    void blockWhoseChecksumIsNoneIsRefused(String value) {
        Fields block = fields("{\"key\":\"k\",\"block_index\":0,\"size\":1,\"block_crc32c\":" + value + "}");
        Refused.with(Status.BAD_FIELD, () -> BlockSent.read(block));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"upload_id\":7",
                "\"upload_id\":[]",
                "\"missing_ranges\":{}",
                "\"missing_ranges\":[[0,1]]",
                "\"missing_ranges\":[],\"more\":7",
                "\"md5\":7",
                "\"md5\":\"\"",
                "\"sha256\":\"00\""
            })
    void uploadPlanWithAnExtensionThatIsWrongIsRefused(String extension) throws RefusedException {
        assertEquals(
                new BlockPlan(5, 20_480), UploadPlan.read(planWith("\"x\":7")).blocks());
        Refused.with(Status.BAD_FIELD, () -> UploadPlan.read(planWith(extension)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"version\":7",
                "\"version\":{}",
                "\"modified\":1.5",
                "\"modified\":\"0\"",
                "\"md5\":\"\"",
                "\"sha256\":[]"
            })
    void downloadPlanWithAnExtensionThatIsWrongIsRefused(String extension) throws RefusedException {
        assertEquals(
                new BlockPlan(5, 20_480), DownloadPlan.read(planWith("\"x\":7")).blocks());
        Refused.with(Status.BAD_FIELD, () -> DownloadPlan.read(planWith(extension)));
    }

    private static Fields planWith(String extension) {
        return fields("{\"key\":\"k\",\"size\":5,\"block_size\":20480,\"total_block\":1," + extension + "}");
    }

    @Test
    void timesAtTheEndsOfALongAreRead() throws RefusedException {
        for (long millis : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
            String listing = "{\"files\":[{\"key\":\"a\",\"size\":1,\"modified\":" + millis + "}]}";
            FileDetail detail =
                    FileList.read(fields(listing)).details().orElseThrow().get(0);
            assertEquals(millis, detail.modified().toEpochMilli());
        }
    }

    @Test
    void oldServersLoginHasATokenAndNothingElse() throws RefusedException {
        assertEquals(new LoggedIn("t", Optional.empty()), LoggedIn.read(fields("{\"token\":\"t\"}")));
        for (String token : List.of("{}", "{\"token\":null}", "{\"token\":7}")) {
            Refused.with(Status.BAD_FIELD, () -> LoggedIn.read(fields(token)));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,1", "-5,1", "7,7", "1048576,1048576", "1048577,1048576", "1180591620717411303424,1048576"})
    void largestBlockSizeOfAServerIsHeldWithinOurs(String told, int taken) throws RefusedException {
        LoggedIn answer = LoggedIn.read(fields("{\"token\":\"t\",\"features\":[],\"max_block_size\":" + told + "}"));
        assertEquals(taken, answer.server().orElseThrow().maxBlockSize());
    }

    @Test
    void serverThatDoesNotTellItsLargestBlockSizeHasTheDefault() throws RefusedException {
        LoggedIn answer = LoggedIn.read(fields("{\"token\":\"t\",\"features\":[\"x\"]}"));
        assertEquals(
                new LoggedIn.ServerInfo("", List.of("x"), 20_480, DigestAlgorithm.MD5),
                answer.server().orElseThrow());
    }

    @Test
    void tokenIsNeverPrinted() {
        LoggedIn answer = new LoggedIn("secret", Optional.empty());
        assertFalse(answer.toString().contains("secret"), answer::toString);
    }

    @Test
    void valueThatWasSavedNeverChangesTheAnswerItTravelsIn() throws RefusedException {
        JsonObject value = json("{\"status\":500,\"type\":\"X\",\"key\":\"other\",\"token\":\"secret\",\"a\":1}");
        JsonObject written = Response.granted(new GetData(KEY), "OK", new DataValue(KEY, value));
        assertEquals(
                json("{\"a\":1,\"key\":\"" + KEY
                                + "\",\"operation\":\"GET\",\"direction\":\"RESPONSE\",\"type\":\"DATA\","
                                + "\"status\":200,\"status_msg\":\"OK\"}")
                        .toString(),
                written.toString());
        assertEquals("{\"a\":1}", DataValue.read(new Fields(written)).value().toString());
    }

    private static Fields fields(String text) {
        return new Fields(json(text));
    }

    private static JsonObject json(String text) {
        return Json.parse(text).orElseThrow();
    }
}
