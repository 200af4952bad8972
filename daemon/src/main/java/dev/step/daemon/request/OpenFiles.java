package dev.step.daemon.request;

import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.RefusedException;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The file that a connection reads block by block, kept open between the blocks: opening costs more than reading one.
 * For the connection's own thread.
 */
public final class OpenFiles implements Closeable {
    private @Nullable OpenFile open;

    /** The open file of exactly this content, opened when it is another than the last one. */
    OpenFile open(UserFiles files, StoredFile wanted) throws IOException, RefusedException {
        if (open == null || !open.file().version().equals(wanted.version())) {
            close();
            open = files.open(wanted.key());
        }
        return open;
    }

    /** Closes the file, as after its last block, so that an idle connection keeps no deleted file on the disk. */
    @Override
    public void close() throws IOException {
        OpenFile last = open;
        open = null;
        if (last != null) {
            last.close();
        }
    }
}
