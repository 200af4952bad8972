package dev.step.daemon.control;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.step.daemon.connection.ConnectionStatus;
import dev.step.daemon.connection.Connections;
import dev.step.daemon.connection.Flow;
import dev.step.daemon.store.StoreWatch;
import dev.step.daemon.watch.Readiness;
import dev.step.protocol.message.DownloadBlock;
import dev.step.protocol.message.Request;
import dev.step.protocol.message.UploadBlock;
import dev.step.protocol.message.UploadWhole;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what an admin's commands ask of a running server. */
public final class Administration {
    static final String COMMAND = "command";
    static final String STATUS = "status";
    static final String KICK = "kick";
    static final String TARGET = "target";
    static final String ERROR = "error";
    static final String CLOSED = "closed";

    private static final Logger LOG = LoggerFactory.getLogger(Administration.class);

    private final About about;
    private final Connections connections;
    private final StoreWatch store;
    private final Readiness readiness;
    private final InstantSource clock;

    /**
     * What does not change while the server runs.
     *
     * @param listens where clients reach it
     */
    public record About(String version, String listens, Instant started) {}

    public Administration(
            About about, Connections connections, StoreWatch store, Readiness readiness, InstantSource clock) {
        this.about = about;
        this.connections = connections;
        this.store = store;
        this.readiness = readiness;
        this.clock = clock;
    }

    JsonObject answer(JsonObject request) {
        return switch (text(request, COMMAND)) {
            case STATUS -> status();
            case KICK -> kick(text(request, TARGET));
            default -> notUnderstood();
        };
    }

    static JsonObject notUnderstood() {
        JsonObject answer = new JsonObject();
        answer.addProperty(ERROR, "the server does not know this command: is it of another version?");
        return answer;
    }

    private static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    private JsonObject status() {
        JsonObject answer = new JsonObject();
        answer.addProperty("version", about.version());
        answer.addProperty("java", Runtime.version().toString());
        answer.addProperty("pid", ProcessHandle.current().pid());
        answer.addProperty("listen", about.listens());
        answer.addProperty("started", about.started().toString());
        answer.addProperty(
                "uptime_seconds",
                Duration.between(about.started(), clock.instant()).toSeconds());
        readiness
                .obstacle()
                .ifPresentOrElse(
                        words -> {
                            answer.addProperty("ready", false);
                            answer.addProperty("obstacle", words);
                        },
                        () -> answer.addProperty("ready", true));
        JsonArray all = new JsonArray();
        connections.list().forEach(connection -> all.add(describe(connection)));
        answer.add("connections", all);
        JsonArray uploads = new JsonArray();
        store.unfinishedUploads().forEach(upload -> uploads.add(describe(upload)));
        answer.add("uploads", uploads);
        return answer;
    }

    private static JsonObject describe(ConnectionStatus connection) {
        JsonObject object = new JsonObject();
        object.addProperty("id", connection.id());
        connection.user().ifPresent(user -> object.addProperty("user", user));
        object.addProperty("address", connection.address().getHostAddress());
        object.addProperty("tls", connection.encrypted());
        object.addProperty("since", connection.since().toString());
        describe("received", connection.received(), object);
        describe("sent", connection.sent(), object);
        connection.transfer().ifPresent(block -> object.add("transfer", describe(block)));
        return object;
    }

    private static void describe(String way, Flow flow, JsonObject object) {
        object.addProperty(way + "_bytes", flow.bytes());
        object.addProperty(way + "_bytes_per_second", flow.bytesPerSecond());
    }

    private static JsonObject describe(Request.OfFile block) {
        JsonObject object = new JsonObject();
        object.addProperty("operation", block.operation().name());
        if (block instanceof UploadBlock upload) {
            object.addProperty("key", upload.key().text());
            object.addProperty("block_index", upload.blockIndex());
        } else if (block instanceof UploadWhole whole) {
            object.addProperty("key", whole.key().text());
        } else if (block instanceof DownloadBlock download) {
            object.addProperty("key", download.key().text());
            object.addProperty("block_index", download.blockIndex());
        }
        return object;
    }

    private static JsonObject describe(StoreWatch.UnfinishedUpload upload) {
        JsonObject object = new JsonObject();
        object.addProperty("user", upload.user().text());
        object.addProperty("key", upload.key().text());
        object.addProperty("size", upload.size());
        object.addProperty("missing_bytes", upload.missing());
        object.addProperty("since", upload.since().toString());
        return object;
    }

    private JsonObject kick(String target) {
        List<ConnectionStatus> closed = connections.close(meant(target));
        LOG.info("An admin has closed {} connections of \"{}\"", closed.size(), target);
        JsonObject answer = new JsonObject();
        answer.addProperty(CLOSED, closed.size());
        return answer;
    }

    /** A connection's number counts before a user who is called like it. */
    private Predicate<ConnectionStatus> meant(String target) {
        Predicate<ConnectionStatus> byId =
                connection -> String.valueOf(connection.id()).equals(target);
        if (connections.list().stream().anyMatch(byId)) {
            return byId;
        }
        return connection -> connection.user().filter(target::equals).isPresent()
                || connection.address().getHostAddress().equals(target);
    }
}
