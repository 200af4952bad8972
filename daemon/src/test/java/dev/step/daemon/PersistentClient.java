package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A client that sends file after file, sends none of a file's blocks again that was received, and goes on after its
 * connection was lost. Every answer is held to what it must be.
 */
final class PersistentClient {
    private static final int BLOCK_BYTES = 16 << 10;
    private static final int MAX_BLOCKS = 60;

    private final String user;
    private final Random random;
    private final List<byte[]> complete = new ArrayList<>();
    private byte[] content;
    /** Blocks of the current file that were answered with 200. */
    private final BitSet acknowledged = new BitSet();

    private long completeBytes;
    private long sentBytes;
    private long unansweredBytes;

    PersistentClient(String user, long seed) {
        this.user = user;
        this.random = new Random(seed);
        this.content = newContent();
    }

    /** Counts the blocks that were answered; false when this client shall send no more. */
    interface Progress {
        boolean received();
    }

    private byte[] newContent() {
        return Content.of(1 + random.nextInt(MAX_BLOCKS * BLOCK_BYTES), random.nextLong());
    }

    private String key() {
        return "folder/" + complete.size();
    }

    /** Sends until it shall not any more, or the connection is lost: then it throws. */
    void run(InetSocketAddress server, Progress progress) throws IOException {
        try (RawClient client = RawClient.connect(server)) {
            client.loginWithFeatures(user);
            boolean more = true;
            while (more) {
                more = send(client, progress);
            }
        }
    }

    /** Completes the file that it is sending. */
    void finish(InetSocketAddress server) throws IOException {
        int files = complete.size();
        run(server, () -> complete.size() == files);
    }

    private boolean send(RawClient client, Progress progress) throws IOException {
        JsonObject plan = client.ask(
                "FILE SAVE",
                "{'key':'" + key() + "','size':" + content.length + ",'block_size':" + BLOCK_BYTES
                        + ",'resume':true,'fingerprint':'" + key() + "'}");
        if (status(plan) == 402) {
            JsonObject file = client.ask("FILE GET", "{'key':'" + key() + "'}");
            completed(file); // the answer that said so was lost
            return true;
        }
        assertEquals(200, status(plan), plan.toString());
        return sendAll(client, missing(plan), progress);
    }

    private List<Integer> missing(JsonObject plan) {
        List<Integer> missing = new ArrayList<>();
        for (JsonElement range : plan.getAsJsonArray("missing_ranges")) {
            int last = range.getAsJsonArray().get(1).getAsInt();
            for (int index = range.getAsJsonArray().get(0).getAsInt(); index <= last; index++) {
                assertFalse(acknowledged.get(index), () -> key() + " was acknowledged, but is missing in " + plan);
                missing.add(index);
            }
        }
        Collections.shuffle(missing, random);
        return missing;
    }

    /** When nothing is missing, any block completes the file: that one which was not answered. */
    private boolean sendAll(RawClient client, List<Integer> missing, Progress progress) throws IOException {
        List<Integer> blocks = missing.isEmpty() ? List.of(acknowledged.nextClearBit(0)) : missing;
        for (int index : blocks) {
            JsonObject answer = sendBlock(client, index);
            acknowledged.set(index);
            if (answer.has("md5")) {
                completed(answer);
            }
            if (!progress.received()) {
                return false;
            }
        }
        return true;
    }

    private JsonObject sendBlock(RawClient client, int index) throws IOException {
        int bytes = Math.min(BLOCK_BYTES, content.length - index * BLOCK_BYTES);
        sentBytes += bytes;
        unansweredBytes += bytes;
        JsonObject answer = client.putBlock(key(), content, index, BLOCK_BYTES);
        unansweredBytes -= bytes;
        assertEquals(200, status(answer), answer.toString());
        return answer;
    }

    private void completed(JsonObject answer) {
        assertEquals(200, status(answer), answer.toString());
        assertEquals(Content.md5(content), answer.get("md5").getAsString(), key());
        complete.add(content);
        completeBytes += content.length;
        acknowledged.clear();
        content = newContent();
    }

    private static int status(JsonObject answer) {
        return answer.get("status").getAsInt();
    }

    int completeFiles() {
        return complete.size();
    }

    /** Every file that was complete is there, and nothing was sent twice but the blocks in flight at a kill. */
    void check(InetSocketAddress server) throws IOException {
        try (RawClient client = RawClient.connect(server)) {
            client.loginWithFeatures(user);
            for (int i = 0; i < complete.size(); i++) {
                assertArrayEquals(complete.get(i), UploadTest.download(client, "folder/" + i), "file " + i);
            }
        }
        long allowed = completeBytes + unansweredBytes;
        assertTrue(sentBytes <= allowed, () -> sentBytes + " bytes sent, " + allowed + " allowed");
    }
}
