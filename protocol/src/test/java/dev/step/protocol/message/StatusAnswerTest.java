package dev.step.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.BlockRanges.Range;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.Refused;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.frame.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers to STATUS: what has arrived, what is unfinished, whether a file is intact, who is asking. */
class StatusAnswerTest {
    private static final Key KEY = new Key("文件/a😀.txt");
    private static final Digest MD5 = new Digest(DigestAlgorithm.MD5, "ab".repeat(16));
    private static final Digest SHA_256 = new Digest(DigestAlgorithm.SHA_256, "ab".repeat(32));
    private static final BlockPlan TEN_BLOCKS = new BlockPlan(100, 10);
    private static final String STATUS =
            "{'key':'k','size':100,'block_size':10,'total_block':10,'missing_ranges':[[0,3]],'upload_id':'i'}";
    private static final String UPLOAD = "{'key':'k','size':7,'received_bytes':7,'upload_id':'i'}";
    private static final String VERIFIED =
            "{'key':'k','size':0,'md5':'abababababababababababababababab','intact':true}";
    private static final String ACCOUNT =
            "{'username':'u','files':0,'used_bytes':0,'quota_bytes':0,'token_expires':-1}";

    interface Reading {
        Answer from(Fields fields) throws RefusedException;
    }

    static Stream<Arguments> answers() {
        BlockRanges some = new BlockRanges(List.of(new Range(0, 0), new Range(3, 9)), false);
        BlockRanges first = new BlockRanges(List.of(new Range(1, 1)), true);
        BlockPlan largest = new BlockPlan((long) Limits.MAX_BLOCKS << 20, Limits.MAX_BLOCK_BYTES);
        return Stream.of(
                answer(UploadStatus::read, new UploadStatus(KEY, TEN_BLOCKS, Optional.of("id"), some)),
                answer(UploadStatus::read, new UploadStatus(KEY, TEN_BLOCKS, Optional.of("id"), first)),
                answer(UploadStatus::read, new UploadStatus(KEY, largest, Optional.empty(), BlockRanges.NONE)),
                answer(UploadStatus::read, new UploadStatus(KEY, largest, Optional.of(""), BlockRanges.all(largest))),
                answer(
                        UploadStatus::read,
                        new UploadStatus(KEY, new BlockPlan(0, 1), Optional.empty(), BlockRanges.NONE)),
                answer(UploadList::read, new UploadList(List.of(), Optional.empty())),
                answer(
                        UploadList::read,
                        new UploadList(
                                List.of(
                                        new UploadList.Unfinished(KEY, Long.MAX_VALUE, Long.MAX_VALUE, "id"),
                                        new UploadList.Unfinished(new Key("b"), 0, 0, "")),
                                Optional.of("b"))),
                answer(FileVerified::read, new FileVerified(KEY, 1L << 60, MD5, true)),
                answer(FileVerified::read, new FileVerified(KEY, 0, SHA_256, false)),
                answer(
                        AccountStatus::read,
                        new AccountStatus(
                                "王",
                                new AccountStatus.Taken(3, Long.MAX_VALUE, 7),
                                new Quota(OptionalLong.of(0), OptionalLong.of(1), OptionalLong.of(Long.MAX_VALUE)),
                                Optional.of(Instant.EPOCH))),
                answer(
                        AccountStatus::read,
                        new AccountStatus("", new AccountStatus.Taken(0, 0, 0), Quota.NONE, Optional.empty())));
    }

    private static Arguments answer(Reading reading, Answer answer) {
        return Arguments.of(reading, answer);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answerIsReadAsItWasWritten(Reading reading, Answer answer) throws RefusedException {
        JsonObject written = Response.granted(new SessionStatus(), "OK", answer);
        Response response = Response.read(json(new String(Json.encode(written), StandardCharsets.US_ASCII)));
        assertEquals(answer, reading.from(response.fields()));
    }

    /** Each value is refused in a field of an answer that is sound otherwise. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "key | null, '', '/a', 7",
                "size | null, -1, 90, 101, '100'",
                "block_size | null, 0, -10, 1048577, 4294967306",
                "total_block | null, 9, 11, -1, true",
                "missing_ranges | null, 7, [[0;10]], [[3;0]], {}",
                "upload_id | 7, true, [], {}",
                "more | 7, 'true', [], {}"
            })
    void statusOfAFileThatDoesNotAddUpIsRefused(String name, String values) throws RefusedException {
        assertRefused(UploadStatus::read, STATUS, name, values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "key | null, '', '..', 7",
                "size | null, -1, 6, -9223372036854775809, '7'",
                "received_bytes | null, -1, 8, 9223372036854775808, 1.5",
                "upload_id | null, 7, [], {}"
            })
    void unfinishedUploadThatCannotBeIsRefused(String name, String values) throws RefusedException {
        Reading reading = fields -> UploadList.read(new Fields(json("{\"uploads\":[" + fields.object() + "]}")));
        assertRefused(reading, UPLOAD, name, values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'uploads':7}",
                "{'uploads':{}}",
                "{'uploads':'a'}",
                "{'uploads':[7]}",
                "{'uploads':[null]}",
                "{'uploads':[{}]}",
                "{'uploads':[],'after':7}"
            })
    void listThatIsNoListOfUploadsIsRefused(String list) {
        Refused.with(Status.BAD_FIELD, () -> UploadList.read(new Fields(json(list.replace('\'', '"')))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "key | null, '', '/a', 7",
                "size | null, -1, 1.5, '7'",
                "md5 | null, 7, '', 'ab'",
                "sha256 | 7, '', 'ab', []",
                "intact | 7, 'true', [], {}"
            })
    void verificationThatFoundNothingSoundIsRefused(String name, String values) throws RefusedException {
        assertRefused(FileVerified::read, VERIFIED, name, values);
    }

    @Test
    void fileIsIntactOnlyIfTheServerSaysSo() throws RefusedException {
        JsonObject silent = json(VERIFIED.replace('\'', '"'));
        silent.remove("intact");
        assertFalse(FileVerified.read(new Fields(silent)).intact());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "username | null, 7, [], {}",
                "files | null, -1, 1.5, '7'",
                "used_bytes | null, -1, -9223372036854775809, true",
                "quota_bytes | -1, 1.5, '7', []",
                "quota_files | -1, 1.5, '7', []",
                "max_file_bytes | -1, 1.5, '7', []",
                "pending_bytes | -1, 1.5, '7', []",
                "token_expires | 1.5, '7', true, []"
            })
    void accountThatCannotBeIsRefused(String name, String values) throws RefusedException {
        assertRefused(AccountStatus::read, ACCOUNT, name, values);
    }

    @Test
    void blocksAreListedOneByOneWhileTheyAreFew() {
        BlockRanges some = new BlockRanges(List.of(new Range(0, 0), new Range(3, 7)), false);
        assertEquals("[0,3,4,5,6,7] [1,2,8,9]", listed(TEN_BLOCKS, some));
        assertEquals("[] [0,1,2,3,4,5,6,7,8,9]", listed(TEN_BLOCKS, BlockRanges.NONE));
        assertEquals("[0,1,2,3,4,5,6,7,8,9] []", listed(TEN_BLOCKS, BlockRanges.all(TEN_BLOCKS)));
        assertEquals("[] []", listed(new BlockPlan(0, 10), BlockRanges.NONE));
    }

    @Test
    void blocksAreNotListedOneByOneWhenTheyAreManyOrNotAllAreKnown() {
        BlockPlan most = new BlockPlan(Limits.MAX_LISTED_BLOCKS, 1);
        BlockPlan more = new BlockPlan(Limits.MAX_LISTED_BLOCKS + 1, 1);
        assertTrue(listed(most, BlockRanges.all(most)).endsWith(",4095] []"));
        assertEquals("null null", listed(more, BlockRanges.all(more)));
        assertEquals("null null", listed(most, new BlockRanges(List.of(new Range(0, 0)), true)));
    }

    private static String listed(BlockPlan blocks, BlockRanges missing) {
        JsonObject fields = new JsonObject();
        new UploadStatus(KEY, blocks, Optional.empty(), missing).writeTo(fields);
        return fields.get("missing_blocks") + " " + fields.get("received_blocks");
    }

    private static void assertRefused(Reading reading, String sound, String name, String values)
            throws RefusedException {
        JsonObject fields = json(sound.replace('\'', '"'));
        reading.from(new Fields(fields));
        for (String value : values.replace('\'', '"').split(", ")) {
            fields.add(name, json("{\"v\":" + value.replace(';', ',') + "}").get("v"));
            Refused.with(Status.BAD_FIELD, name + "=" + value, () -> reading.from(new Fields(fields)));
        }
    }

    private static JsonObject json(String text) {
        return Json.parse(text).orElseThrow();
    }
}
