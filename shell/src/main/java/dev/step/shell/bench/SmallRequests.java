package dev.step.shell.bench;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.RemoteFiles;
import dev.step.shell.client.Session;
import dev.step.shell.client.Values;
import org.jspecify.annotations.Nullable;

/** Asks small things and says how long the answer took, in nanoseconds. */
final class SmallRequests {
    private final Session session;
    private final ServerKeys keys;
    private final Values values;
    private final RemoteFiles files;
    private @Nullable Key value;

    SmallRequests(Session session, ServerKeys keys) {
        this.session = session;
        this.keys = keys;
        this.values = new Values(session);
        this.files = new RemoteFiles(session);
    }

    /** A value is fetched that is there. */
    long ask() throws ClientException {
        Key key = value();
        long start = System.nanoTime();
        values.get(key);
        return System.nanoTime() - start;
    }

    /** A value is kept, and removed again afterwards. */
    long save() throws ClientException {
        Key key = keys.newValue();
        long start = System.nanoTime();
        values.save(key, something());
        long nanos = System.nanoTime() - start;
        keys.removeValue(session, key);
        return nanos;
    }

    /** The plan of a file that is there. */
    long info(Key key) throws ClientException {
        long start = System.nanoTime();
        files.describe(key);
        return System.nanoTime() - start;
    }

    private Key value() throws ClientException {
        Key known = value;
        if (known == null) {
            known = keys.newValue();
            values.save(known, something());
            value = known;
        }
        return known;
    }

    private static JsonObject something() {
        JsonObject object = new JsonObject();
        object.addProperty("note", "left by step-shell bench; may be removed");
        return object;
    }
}
