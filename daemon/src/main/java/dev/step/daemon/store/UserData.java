package dev.step.daemon.store;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.DataList;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;

/** One user's values. */
public interface UserData {
    /**
     * Keeps a value.
     *
     * @throws RefusedException 402 when the key has one, 413 when there is no room, or the quota does not allow it
     */
    void save(Key key, JsonObject value) throws IOException, RefusedException;

    /**
     * The value of a key.
     *
     * @throws RefusedException 404
     */
    JsonObject get(Key key) throws IOException, RefusedException;

    /**
     * Removes a value.
     *
     * @throws RefusedException 404
     */
    void delete(Key key) throws IOException, RefusedException;

    /** What all values take. */
    long bytes() throws IOException;

    /** A page of the keys. */
    DataList list(ListQuery query) throws IOException;
}
