package dev.step.daemon.store.copy;

import com.google.gson.JsonObject;
import dev.step.daemon.store.OpenFile;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import dev.step.protocol.message.FileDetail;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A store that is only read: nothing in it changes, not even what its server would tidy up. For one thread. */
public interface StoreSource extends Closeable {
    /** Everybody who may have something. */
    List<UserName> users() throws IOException;

    /** Shows a user's complete files, in the order of their keys. */
    void forEachFile(UserName user, FileVisitor visitor) throws IOException;

    /** Shows a user's values, in any order. */
    void forEachValue(UserName user, ValueVisitor visitor) throws IOException;

    /** How many uploads of all users are not complete. */
    long unfinishedUploads() throws IOException;

    /** Is shown a file. */
    interface FileVisitor {
        void visit(FileDetail file, Opening<OpenFile> content) throws IOException;
    }

    /** Is shown a value. */
    interface ValueVisitor {
        void visit(Key key, Opening<JsonObject> value) throws IOException;
    }

    /** Reads one thing, or begins to; a failure says nothing about the others. */
    interface Opening<T> {
        T open() throws IOException;
    }
}
