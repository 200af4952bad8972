package dev.step.s3;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.step.daemon.journal.ClientFile;
import dev.step.daemon.journal.ContentCheck;
import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.journal.UploadId;
import dev.step.daemon.journal.UploadIdentity;
import dev.step.daemon.journal.UploadTarget;
import dev.step.daemon.store.StoreWatch;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The object of an unfinished upload: a line that says whose it is and how far, and, once nothing is missing, the object of
 * the file that it becomes, so that any server can finish what another has begun.
 *
 * @param header what the SAVE has asked for, and what the content is to come to
 * @param state how far it is
 * @param writers the servers that may have written segments of it
 * @param base the tag of what the file's object takes the place of, once the upload is sealed; else empty
 * @param file the encoded {@link FileObject} of a sealed upload, else nothing
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record UploadRecord(JournalHeader header, State state, List<String> writers, String base, byte[] file) {
    private static final byte[] NOTHING = new byte[0];

    /** What can become of an upload; only the first goes over into others. */
    enum State {
        /** Blocks may come. */
        RECEIVING,
        /** Nothing is missing and nothing may change any more: it is about to be a file. */
        SEALED,
        /** It will never be a file. */
        DISCARDED
    }

    static UploadRecord begun(JournalHeader header, String writer) {
        return new UploadRecord(header, State.RECEIVING, List.of(writer), "", NOTHING);
    }

    UploadId id() {
        return header.identity().id();
    }

    Key key() {
        return header.target().key();
    }

    ContentOwner owner() {
        return new ContentOwner(header.target().user(), key(), id());
    }

    /** Whether the only block, with which so much is named, is the file. */
    boolean mayBeWhole(Optional<Digest> named) {
        return header.plan().totalBlocks() == 1
                && (named.isPresent() || !header.check().verifyOnPublish());
    }

    /** For who watches the server, when so many bytes are known to have come. */
    StoreWatch.UnfinishedUpload shown(long written) {
        long size = header.plan().size();
        return new StoreWatch.UnfinishedUpload(
                header.target().user(),
                key(),
                size,
                size - written,
                header.identity().created());
    }

    /** Its name below those of its key: the uploads of a key are in the order in which they take each other's place. */
    String name() {
        return String.format("%016x-%s", header.identity().sequence(), id());
    }

    UploadRecord joinedBy(String writer) {
        List<String> all = new ArrayList<>(writers);
        all.add(writer);
        return new UploadRecord(header, state, List.copyOf(all), base, file);
    }

    UploadRecord expecting(Digest digest) {
        ContentCheck check =
                new ContentCheck(header.check().algorithm(), header.check().verifyOnPublish(), digest);
        return new UploadRecord(
                new JournalHeader(header.identity(), header.target(), header.plan(), check, header.clientFile()),
                state,
                writers,
                base,
                file);
    }

    /** Nothing is missing, and the file is to take the place of what has this tag. */
    UploadRecord sealed(FileObject complete, String over) {
        return new UploadRecord(
                header, State.SEALED, writers, over, complete.by(this).encode());
    }

    /** The same file is to take the place of something else. */
    UploadRecord over(String other) {
        return new UploadRecord(header, state, writers, other, file);
    }

    UploadRecord discarded() {
        return new UploadRecord(header, State.DISCARDED, writers, "", NOTHING);
    }

    byte[] encode() {
        JsonObject fields = new JsonObject();
        fields.addProperty("state", state.name());
        fields.addProperty("id", id().toString());
        fields.addProperty("sequence", header.identity().sequence());
        fields.addProperty("created", header.identity().created().toEpochMilli());
        fields.addProperty("user", header.target().user().text());
        fields.addProperty("key", key().text());
        fields.addProperty("size", header.plan().size());
        fields.addProperty("block_size", header.plan().blockSize());
        fields.addProperty("digest", header.check().algorithm().wireName());
        mark(fields, "replace", header.target().replace());
        mark(fields, "verify", header.check().verifyOnPublish());
        Digest expected = header.check().expected();
        if (expected != null) {
            fields.addProperty(expected.algorithm().fieldName(), expected.hex());
        }
        if (header.clientFile().fingerprint() != null) {
            fields.addProperty("fingerprint", header.clientFile().fingerprint());
        }
        Instant modified = header.clientFile().modified();
        if (modified != null) {
            fields.addProperty("modified", modified.toEpochMilli());
        }
        JsonArray names = new JsonArray();
        writers.forEach(names::add);
        fields.add("writers", names);
        fields.addProperty("base", base);
        fields.addProperty("once", UUID.randomUUID().toString()); // so that no two servers ever write the same
        return JsonLine.write(fields, file);
    }

    private static void mark(JsonObject fields, String name, boolean set) {
        if (set) {
            fields.addProperty(name, true);
        }
    }

    /** @param name of the object, for the admin */
    static UploadRecord read(String name, byte[] bytes) throws IOException {
        JsonLine line = JsonLine.read(name, bytes);
        try {
            List<String> writers = new ArrayList<>();
            for (JsonElement writer : line.find("writers").orElseThrow().getAsJsonArray()) {
                writers.add(writer.getAsString());
            }
            return new UploadRecord(
                    header(line),
                    State.valueOf(line.text("state")),
                    List.copyOf(writers),
                    line.text("base"),
                    line.rest());
        } catch (RuntimeException e) { // Gson and the checks of what is read each have their own
            throw new DamagedObjectException(name, e);
        }
    }

    private static JournalHeader header(JsonLine line) {
        return new JournalHeader(
                new UploadIdentity(
                        UploadId.parse(line.text("id")).orElseThrow(),
                        0,
                        line.number("sequence"),
                        Instant.ofEpochMilli(line.number("created"))),
                new UploadTarget(new UserName(line.text("user")), new Key(line.text("key")), line.flag("replace")),
                new BlockPlan(line.number("size"), Math.toIntExact(line.number("block_size"))),
                new ContentCheck(
                        DigestAlgorithm.named(line.text("digest")).orElseThrow(), line.flag("verify"), expected(line)),
                new ClientFile(
                        line.find("fingerprint").map(JsonElement::getAsString).orElse(null),
                        line.find("modified")
                                .map(value -> Instant.ofEpochMilli(value.getAsLong()))
                                .orElse(null)));
    }

    private static @Nullable Digest expected(JsonLine line) {
        Optional<Digest> found = Arrays.stream(DigestAlgorithm.values())
                .filter(algorithm -> line.flag(algorithm.fieldName()))
                .map(algorithm -> new Digest(algorithm, line.text(algorithm.fieldName())))
                .findFirst();
        return found.orElse(null);
    }
}
