package dev.step.daemon.store.disk;

import com.google.gson.JsonObject;
import dev.step.daemon.journal.ShownText;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes files and values into a store, and counts what came of each. What is there already with the same content is passed
 * over, so that an import that was cut short can be run again; what is there with another content stays as it is.
 */
final class ImportTarget {
    private final DiskStore store;
    private final Consumer<String> out;

    private long files;
    private long bytes;
    private long values;
    private long there;
    private long refused;

    /** @param out takes a line for each that is refused */
    ImportTarget(DiskStore store, Consumer<String> out) {
        this.store = store;
        this.out = out;
    }

    void file(UserName user, Adoption.Incoming file, InputStream content) throws IOException {
        try {
            if (store.adopt(user, file, content)) {
                files++;
                bytes += file.size();
            } else {
                there++;
            }
        } catch (RefusedException e) {
            refuse(user, file.key(), e);
        }
    }

    void value(UserName user, Key key, JsonObject value) throws IOException {
        try {
            store.data(user).save(key, value);
            values++;
        } catch (RefusedException e) {
            if (e.status() == Status.EXISTS && value.equals(known(user, key))) {
                there++;
            } else {
                refuse(user, key, e);
            }
        }
    }

    private JsonObject known(UserName user, Key key) throws IOException {
        try {
            return store.data(user).get(key);
        } catch (RefusedException e) {
            throw new IOException("The value of the key " + key + " has vanished", e);
        }
    }

    private void refuse(UserName user, Key key, RefusedException reason) throws IOException {
        if (reason.status() == Status.TOO_LARGE) {
            throw new IOException(reason.getMessage() + " Make room, and import again: what has come stays", reason);
        }
        refuse("user " + ShownText.of(user.text()) + ", key " + ShownText.of(key.text()), reason.getMessage());
    }

    /** Something cannot be taken. */
    void refuse(String what, @Nullable String reason) {
        refused++;
        out.accept(what + ": not taken: " + reason);
    }

    /** Tells how much came; true if nothing was refused. */
    boolean finish() {
        out.accept("files: " + files + " of " + bytes + " bytes, values: " + values + ", there already: " + there
                + ", not taken: " + refused);
        return refused == 0;
    }
}
