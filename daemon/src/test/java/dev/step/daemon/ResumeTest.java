package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The extensions that let an upload survive lost connections and restarted servers. */
final class ResumeTest extends ServerTest {
    private static final byte[] CONTENT = Content.of(5 * BLOCK - 7, 42);
    private static final String RESUME = "{'key':'k','size':" + CONTENT.length + ",'resume':true,'fingerprint':'f'}";

    private static byte[] block(int index) {
        return Arrays.copyOfRange(CONTENT, index * BLOCK, Math.min(CONTENT.length, (index + 1) * BLOCK));
    }

    private static JsonObject send(RawClient client, int index, String more) throws IOException {
        return client.ask("FILE UPLOAD", "{'key':'k','block_index':" + index + more + "}", block(index));
    }

    private static String uploadId(JsonObject plan) {
        return text(plan, "upload_id");
    }

    @Test
    void anotherConnectionJoinsAtOnceAndLearnsWhatIsMissing() throws IOException {
        try (RawClient dead = server.loginWithFeatures("user");
                RawClient client = server.loginWithFeatures("user")) {
            JsonObject first = expect(200, dead.ask("FILE SAVE", RESUME));
            assertEquals("[[0,4]]", first.get("missing_ranges").toString());
            expect(200, send(dead, 0, ""));
            expect(200, send(dead, 3, ""));

            JsonObject plan = expect(200, client.ask("FILE SAVE", RESUME));

            assertEquals(uploadId(first), uploadId(plan));
            assertEquals("[[1,2],[4,4]]", plan.get("missing_ranges").toString());
            expect(200, send(client, 1, ""));
            expect(200, send(client, 2, ""));
            JsonObject last = expect(200, send(client, 4, ""));
            assertEquals(Content.md5(CONTENT), text(last, "md5"));
            assertArrayEquals(CONTENT, UploadTest.download(client, "k"));
        }
    }

    @Test
    void uploadGoesOnAfterARestart(@TempDir Path folder) throws IOException {
        String id;
        try (RunningServer before = RunningServer.on(folder);
                RawClient client = before.loginWithFeatures("user")) {
            id = uploadId(expect(200, client.ask("FILE SAVE", RESUME)));
            expect(200, send(client, 4, ""));
            expect(200, send(client, 1, ""));
        }
        try (RunningServer after = RunningServer.on(folder);
                RawClient client = after.loginWithFeatures("user")) {
            JsonObject plan = expect(200, client.ask("FILE SAVE", RESUME));
            assertEquals(id, uploadId(plan));
            assertEquals("[[0,0],[2,3]]", plan.get("missing_ranges").toString());
            for (int index : new int[] {0, 2}) {
                expect(200, send(client, index, ""));
            }
            assertEquals(Content.md5(CONTENT), text(expect(200, send(client, 3, "")), "md5"));
        }
    }

    @Test
    void anotherFingerprintSizeOrNoneStartsOver() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            String id = uploadId(expect(200, client.ask("FILE SAVE", RESUME)));
            for (String other : new String[] {
                RESUME.replace("'f'", "'g'"),
                RESUME.replace("'size':" + CONTENT.length, "'size':" + (CONTENT.length - 1)),
                RESUME.replace("'resume':true,", ""),
                "{'key':'k','size':" + CONTENT.length + ",'resume':true}"
            }) {
                JsonObject plan = expect(200, client.ask("FILE SAVE", other));
                assertNotEquals(id, uploadId(plan), other);
                id = uploadId(plan);
            }
        }
    }

    @Test
    void continuedUploadKeepsItsBlockSize() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            expect(200, client.ask("FILE SAVE", RESUME));
            JsonObject plan = expect(200, client.ask("FILE SAVE", RESUME.replace("}", ",'block_size':1000}")));
            assertEquals(BLOCK, number(plan, "block_size"));
        }
    }

    @Test
    void blocksOfASupersededUploadAre408() throws IOException {
        try (RawClient stale = server.login("user");
                RawClient later = server.loginWithFeatures("user");
                RawClient stranger = server.login("user")) {
            expect(200, stale.ask("FILE SAVE", "{'key':'k','size':" + CONTENT.length + "}"));
            String id = uploadId(expect(200, later.ask("FILE SAVE", RESUME)));

            expect(408, send(stale, 0, ""));
            expect(408, send(later, 0, ",'upload_id':'00000000000000000000000000000000'"));
            expect(200, send(later, 0, ",'upload_id':'" + id + "'"));
            expect(200, send(stranger, 1, ""));
        }
    }

    @Test
    void nothingIsPublishedBeforeTheClientHasNamedTheDigest() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            expect(200, client.ask("FILE SAVE", RESUME.replace("}", ",'verify':true}")));
            for (int index = 0; index < 5; index++) {
                assertFalse(expect(200, send(client, index, "")).has("md5"));
            }
            expect(404, client.ask("FILE GET", "{'key':'k'}"));

            JsonObject last = expect(200, send(client, 2, ",'expected_md5':'" + Content.md5(CONTENT) + "'"));

            assertEquals(Content.md5(CONTENT), text(last, "md5"));
            assertArrayEquals(CONTENT, UploadTest.download(client, "k"));
        }
    }

    @Test
    void otherContentThanExpectedIsDiscarded() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            expect(200, client.ask("FILE SAVE", RESUME.replace("}", ",'verify':true}")));
            for (int index = 0; index < 4; index++) {
                expect(200, send(client, index, ""));
            }
            expect(412, send(client, 4, ",'expected_md5':'" + Content.md5(new byte[1]) + "'"));
            expect(404, client.ask("FILE GET", "{'key':'k'}"));
            expect(408, send(client, 4, ""));
            client.put("k", CONTENT);
        }
    }

    @Test
    void expectedSha256IsComparedToo() throws IOException {
        String sha256 = Content.sha256(CONTENT);
        try (RawClient client = server.loginWithFeatures("user")) {
            expect(200, client.ask("FILE SAVE", RESUME.replace("}", ",'verify':true}")));
            for (int index = 0; index < 4; index++) {
                expect(200, send(client, index, ""));
            }
            expect(200, send(client, 4, ",'expected_sha256':'" + sha256 + "'"));
            assertEquals(sha256, text(client.ask("FILE GET", "{'key':'k','digest':'sha-256'}"), "sha256"));
        }
    }

    @Test
    void damagedBlockIs406AndNothingIsWritten() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            expect(200, client.ask("FILE SAVE", RESUME));
            expect(406, send(client, 0, ",'block_crc32c':'00000000'"));
            JsonObject status = expect(200, client.ask("FILE STATUS", "{'key':'k'}"));
            assertEquals("[[0,4]]", status.get("missing_ranges").toString());
            expect(200, send(client, 0, ",'block_crc32c':'" + Content.crc32c(block(0)) + "'"));
        }
    }

    @Test
    void statusTellsWhatIsMissing() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            expect(404, client.ask("FILE STATUS", "{'key':'k'}"));
            String id = uploadId(expect(200, client.ask("FILE SAVE", RESUME)));
            expect(200, send(client, 1, ""));

            JsonObject status = expect(200, client.ask("FILE STATUS", "{'key':'k'}"));
            assertEquals("[[0,0],[2,4]]", status.get("missing_ranges").toString());
            assertEquals("[0,2,3,4]", status.get("missing_blocks").toString());
            assertEquals("[1]", status.get("received_blocks").toString());
            assertEquals(id, uploadId(status));

            JsonObject uploads = expect(200, client.ask("FILE STATUS", "{}"));
            JsonObject entry = uploads.getAsJsonArray("uploads").get(0).getAsJsonObject();
            assertEquals("k", text(entry, "key"));
            assertEquals(BLOCK, number(entry, "received_bytes"));
        }
    }

    @Test
    void statusReadsTheBytesAgain() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            client.put("k", CONTENT);
            JsonObject verified = expect(200, client.ask("FILE STATUS", "{'key':'k','verify':true}"));
            assertEquals(Content.md5(CONTENT), text(verified, "md5"));
            assertTrue(verified.get("intact").getAsBoolean());
            assertEquals(
                    "[]",
                    client.ask("FILE STATUS", "{'key':'k'}")
                            .get("missing_ranges")
                            .toString());
        }
    }

    @Test
    void replacementAppearsAtOnceAndTheOldFileIsReadableUntilThen() throws IOException {
        byte[] old = Content.of(1000, 7);
        try (RawClient client = server.loginWithFeatures("user")) {
            client.put("k", old);
            String version = text(client.ask("FILE GET", "{'key':'k'}"), "version");
            expect(402, client.ask("FILE SAVE", RESUME));
            expect(200, client.ask("FILE SAVE", RESUME.replace("}", ",'replace':true}")));
            for (int index = 0; index < 4; index++) {
                expect(200, send(client, index, ""));
            }
            assertArrayEquals(old, UploadTest.download(client, "k"));
            expect(200, client.ask("FILE DOWNLOAD", "{'key':'k','block_index':0,'version':'" + version + "'}"));

            expect(200, send(client, 4, ""));

            assertArrayEquals(CONTENT, UploadTest.download(client, "k"));
            expect(412, client.ask("FILE DOWNLOAD", "{'key':'k','block_index':0,'version':'" + version + "'}"));
        }
    }

    @Test
    void deleteOfTheUnfinishedLeavesTheFile() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            client.put("k", CONTENT);
            expect(404, client.ask("FILE DELETE", "{'key':'k','unfinished':true}"));
            expect(200, client.ask("FILE SAVE", "{'key':'k','size':9,'replace':true}"));
            expect(200, client.ask("FILE DELETE", "{'key':'k','unfinished':true}"));
            assertArrayEquals(CONTENT, UploadTest.download(client, "k"));

            expect(200, client.ask("FILE SAVE", "{'key':'k','size':9,'replace':true}"));
            expect(200, client.ask("FILE DELETE", "{'key':'k'}"));
            expect(404, client.ask("FILE GET", "{'key':'k'}"));
            expect(408, client.ask("FILE UPLOAD", "{'key':'k','block_index':0}", new byte[9]));
        }
    }

    @Test
    void timeOfTheClientsFileIsKept() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            expect(200, client.ask("FILE SAVE", "{'key':'k','size':3,'modified':1600000000123}"));
            expect(200, client.ask("FILE UPLOAD", "{'key':'k','block_index':0}", new byte[3]));
            assertEquals(1_600_000_000_123L, number(client.ask("FILE GET", "{'key':'k'}"), "modified"));
        }
    }

    @Test
    void downloadedBlockCarriesItsChecksum() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            client.put("k", CONTENT);
            JsonObject sent = client.ask("FILE DOWNLOAD", "{'key':'k','block_index':4,'block_crc32c':true}");
            assertEquals(Content.crc32c(block(4)), text(sent, "block_crc32c"));
        }
    }

    @Test
    void fileThatCannotFitIs413WithWhatIsAvailable() throws IOException {
        try (RawClient client = server.loginWithFeatures("user");
                RawClient old = server.login("user")) {
            long size = 1L << 43;
            JsonObject refused =
                    expect(413, client.ask("FILE SAVE", "{'key':'k','size':" + size + ",'block_size':1048576}"));
            assertTrue(number(refused, "available") < size);
            expect(410, old.ask("FILE SAVE", "{'key':'k','size':" + size + ",'block_size':1048576}"));
        }
    }

    @Test
    void accountStatusCountsWhatIsStored() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            client.put("a", CONTENT);
            client.put("b", new byte[5]);
            JsonObject status = expect(200, client.ask("AUTH STATUS", "{}"));
            assertEquals("user", text(status, "username"));
            assertEquals(2, number(status, "files"));
            assertEquals(CONTENT.length + 5, number(status, "used_bytes"));
        }
    }

    @Test
    void oldClientSeesNothingOfTheExtensions() throws IOException {
        try (RawClient client = server.login("user")) {
            JsonObject plan = expect(200, client.ask("FILE SAVE", "{'key':'k','size':3}"));
            assertFalse(plan.has("upload_id"));
            assertFalse(plan.has("missing_ranges"));
            client.ask("FILE UPLOAD", "{'key':'k','block_index':0}", new byte[3]);
            JsonObject download = expect(200, client.ask("FILE GET", "{'key':'k'}"));
            assertFalse(download.has("version"));
            assertFalse(download.has("modified"));
        }
    }
}
