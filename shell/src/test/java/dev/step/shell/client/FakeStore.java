package dev.step.shell.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.step.protocol.Digest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** What {@link FakeServer} keeps, in memory, and what the reference server would answer. */
final class FakeStore {
    private record Upload(byte[] content, BitSet done) {}

    final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
    final Map<String, JsonObject> values = new ConcurrentSkipListMap<>();
    final Set<String> damaged = new ConcurrentSkipListSet<>();
    volatile int blockSize = 20_480;
    volatile boolean extended;

    private final Map<String, Upload> uploads = new TreeMap<>();
    private final Map<String, Integer> sizes = new TreeMap<>();

    synchronized Reply answer(JsonObject request, byte[] binary) {
        String operation = request.get("operation").getAsString();
        String what = request.get("type").getAsString() + " " + operation;
        String key = request.has("key") ? request.get("key").getAsString() : "";
        return switch (what) {
            case "AUTH LOGIN" -> login(request);
            case "AUTH STATUS" ->
                Reply.to(request, 200, "the status")
                        .with("username", "alice")
                        .with("files", files.size())
                        .with(
                                "used_bytes",
                                files.values().stream()
                                        .mapToLong(file -> file.length)
                                        .sum());
            case "FILE SAVE" -> save(request, key);
            case "FILE UPLOAD" -> upload(request, key, binary);
            case "FILE GET" -> key.isEmpty() ? list(request) : plan(request, key);
            case "FILE DOWNLOAD" -> download(request, key);
            case "FILE STATUS" -> status(request, key);
            case "FILE DELETE" -> found(request, files.remove(key) != null, key);
            case "DATA SAVE" -> saveValue(request, key);
            case "DATA GET" ->
                key.isEmpty() && extended
                        ? Reply.to(request, 200, "the list").with("data_list", values.keySet())
                        : found(request, values.containsKey(key), key).with(value -> {
                            values.getOrDefault(key, new JsonObject())
                                    .entrySet()
                                    .forEach(e -> {
                                        if (!value.has(e.getKey())) {
                                            value.add(e.getKey(), e.getValue());
                                        }
                                    });
                            return value;
                        });
            case "DATA DELETE" -> found(request, values.remove(key) != null, key);
            default -> Reply.to(request, 408, "no such operation");
        };
    }

    private Reply login(JsonObject request) {
        String user = request.get("username").getAsString();
        if (!request.get("password").getAsString().equals(Digest.md5Hex(user))) {
            return Reply.to(request, 401, "wrong password");
        }
        Reply reply = Reply.to(request, 200, "welcome").with("token", "token of " + user);
        return !extended
                ? reply
                : reply.with("server", "fake/1")
                        .with(
                                "features",
                                List.of(
                                        "block-size",
                                        "list",
                                        "empty",
                                        "pipeline",
                                        "replace",
                                        "times",
                                        "status",
                                        "move"))
                        .with("max_block_size", 1 << 20);
    }

    private Reply save(JsonObject request, String key) {
        if (files.containsKey(key) && !(extended && request.has("replace"))) {
            return Reply.to(request, 402, "exists");
        }
        int size = request.get("size").getAsInt();
        if (!extended && (size == 0 || key.contains("/"))) {
            return Reply.HANG;
        }
        uploads.put(key, new Upload(new byte[size], new BitSet()));
        Reply reply = withPlan(request, Reply.to(request, 200, "the plan"), key, size);
        if (size == 0) {
            files.put(key, new byte[0]);
            return reply.with("md5", TestFiles.md5(new byte[0]));
        }
        return reply;
    }

    private Reply upload(JsonObject request, String key, byte[] binary) {
        Upload upload = uploads.get(key);
        if (upload == null || (files.containsKey(key) && !extended)) {
            return files.containsKey(key)
                    ? Reply.to(request, 402, "completely uploaded")
                    : Reply.to(request, 408, "no plan");
        }
        int index = request.get("block_index").getAsInt();
        int unit = sizes.getOrDefault(key, blockSize);
        System.arraycopy(binary, 0, upload.content(), index * unit, binary.length);
        upload.done().set(index);
        int total = (upload.content().length + unit - 1) / unit;
        Reply reply = Reply.to(request, 200, "thanks").with("key", key).with("block_index", index);
        if (upload.done().cardinality() < total) {
            return reply;
        }
        uploads.remove(key);
        files.put(key, upload.content());
        return reply.with("md5", TestFiles.md5(upload.content()));
    }

    private Reply withPlan(JsonObject request, Reply reply, String key, int size) {
        int unit = extended && request.has("block_size")
                ? request.get("block_size").getAsInt()
                : blockSize;
        sizes.put(key, unit);
        return reply.with("key", key)
                .with("size", size)
                .with("block_size", unit)
                .with("total_block", (size + unit - 1) / unit);
    }

    private Reply plan(JsonObject request, String key) {
        byte[] content = files.get(key);
        return content == null
                ? Reply.to(request, 404, "no such key")
                : withPlan(request, Reply.to(request, 200, "the plan"), key, content.length)
                        .with("md5", TestFiles.md5(content))
                        .with(extended ? "modified" : "extra", 1_000_000_000_000L);
    }

    /** Reads a file again; {@link #damaged} ones are not what they were. */
    private Reply status(JsonObject request, String key) {
        byte[] content = files.getOrDefault(key, new byte[0]);
        String found = TestFiles.md5(damaged.contains(key) ? new byte[1] : content);
        return Reply.to(request, 200, "read")
                .with("key", key)
                .with("size", content.length)
                .with("md5", found)
                .with("intact", !damaged.contains(key));
    }

    private Reply download(JsonObject request, String key) {
        byte[] content = files.get(key);
        if (content == null) {
            return Reply.to(request, 404, "no such key");
        }
        int unit = extended && request.has("block_size")
                ? request.get("block_size").getAsInt()
                : blockSize;
        int index = request.get("block_index").getAsInt();
        int length = Math.min(unit, content.length - index * unit);
        byte[] block = Arrays.copyOfRange(content, index * unit, index * unit + length);
        return Reply.to(request, 200, "a block")
                .with("key", key)
                .with("block_index", index)
                .with("size", length)
                .withBinary(block);
    }

    private Reply list(JsonObject request) {
        if (!extended) {
            return Reply.to(request, 410, "key is missing");
        }
        String prefix = request.get("prefix").getAsString();
        JsonArray keys = new JsonArray();
        JsonArray details = new JsonArray();
        JsonArray folders = new JsonArray();
        for (String key : files.keySet()) {
            if (key.startsWith(prefix)) {
                int slash = key.indexOf('/', prefix.length());
                if (slash >= 0 && request.has("delimiter")) {
                    JsonPrimitive folder = new JsonPrimitive(key.substring(0, slash + 1));
                    if (!folders.contains(folder)) {
                        folders.add(folder);
                    }
                } else {
                    keys.add(key);
                    JsonObject detail = new JsonObject();
                    detail.addProperty("key", key);
                    detail.addProperty("size", files.get(key).length);
                    detail.addProperty("modified", 0);
                    detail.addProperty("md5", TestFiles.md5(files.get(key)));
                    details.add(detail);
                }
            }
        }
        return Reply.to(request, 200, "the list")
                .with("file_list", keys)
                .with("files", details)
                .with("folders", folders);
    }

    private Reply saveValue(JsonObject request, String key) {
        if (values.containsKey(key)) {
            return Reply.to(request, 402, "exists");
        }
        values.put(key, request);
        return Reply.to(request, 200, "saved").with("key", key);
    }

    private static Reply found(JsonObject request, boolean found, String key) {
        return found ? Reply.to(request, 200, "done").with("key", key) : Reply.to(request, 404, "no such key");
    }
}
