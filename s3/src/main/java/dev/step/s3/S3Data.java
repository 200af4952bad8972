package dev.step.s3;

import com.google.gson.JsonObject;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.UserData;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.frame.Json;
import dev.step.protocol.message.DataList;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One user's values, an object each.
 *
 * <pre>
 * {"key":"a","id":"…"}      the id is there so that no two objects are the same
 * {"what":"was saved"}
 * </pre>
 */
final class S3Data implements UserData {
    private static final Logger LOG = LoggerFactory.getLogger(S3Data.class);

    private final UserObjects user;
    private final UserRoom room;
    private final boolean listsAll;

    private S3Data(UserObjects user, UserRoom room, boolean listsAll) {
        this.user = user;
        this.room = room;
        this.listsAll = listsAll;
    }

    /** As the user sees them: a value whose key cannot be read does not hide the others. */
    static S3Data of(UserObjects user, UserRoom room) {
        return new S3Data(user, room, false);
    }

    /** For who copies all of them, and has to know when one cannot be listed. */
    static S3Data listingAll(UserObjects user, UserRoom room) {
        return new S3Data(user, room, true);
    }

    @Override
    public void save(Key key, JsonObject value) throws IOException, RefusedException {
        byte[] bytes = Json.encode(value);
        room.checkValue(bytes.length);
        JsonObject about = new JsonObject();
        about.addProperty("key", key.text());
        about.addProperty("id", user.parts().newId().toString());
        if (user.storage().create(name(key), JsonLine.write(about, bytes)).isEmpty()) {
            throw Refusals.exists(key);
        }
    }

    private String name(Key key) {
        return user.names().value(key);
    }

    @Override
    public JsonObject get(Key key) throws IOException, RefusedException {
        Optional<ObjectStorage.Content> content = user.storage().get(name(key));
        if (content.isEmpty()) {
            throw Refusals.notExisting(key);
        }
        JsonLine line = JsonLine.read(name(key), content.get().bytes());
        return Json.parse(new String(line.rest(), StandardCharsets.US_ASCII))
                .orElseThrow(() -> new DamagedObjectException(name(key), null));
    }

    @Override
    public void delete(Key key) throws IOException, RefusedException {
        Optional<ObjectStorage.Content> content = user.storage().get(name(key));
        if (content.isEmpty()) {
            throw Refusals.notExisting(key);
        }
        user.storage().delete(name(key));
        room.valueGone(bytesOf(name(key), content.get()));
    }

    /** What is damaged can be removed; how much it took shows when everything is counted again. */
    private static int bytesOf(String name, ObjectStorage.Content value) throws IOException {
        try {
            return JsonLine.read(name, value.bytes()).rest().length;
        } catch (DamagedObjectException e) {
            return 0;
        }
    }

    @Override
    public long bytes() throws IOException {
        return room.valueBytes();
    }

    @Override
    public DataList list(ListQuery query) throws IOException {
        KeyListing.Page page = KeyListing.page(user.storage(), user.names().values(), query, this::keyIn);
        return new DataList(page.found().stream().map(KeyListing.Named::key).toList(), page.after());
    }

    private Optional<Key> keyIn(ObjectStorage.Entry entry) throws IOException {
        Optional<ObjectStorage.Content> content = user.storage().get(entry.name(), 0, FileObject.MAX_LINE_BYTES);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(keyOf(entry.name(), content.get().bytes()));
        } catch (DamagedObjectException e) {
            if (listsAll) {
                throw e;
            }
            LOG.warn("{}, so the value is not in the listing", e.getMessage());
            return Optional.empty();
        }
    }

    private static Key keyOf(String name, byte[] bytes) throws IOException {
        JsonLine line = JsonLine.read(name, bytes);
        try {
            return new Key(line.text("key"));
        } catch (RuntimeException e) { // Gson and the checks of what is read each have their own
            throw new DamagedObjectException(name, e);
        }
    }
}
