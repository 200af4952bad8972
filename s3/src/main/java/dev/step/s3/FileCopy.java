package dev.step.s3;

import dev.step.daemon.journal.UploadId;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives a file a second name, with a content of its own: the object storage copies each segment. Two names of one content would
 * have to be counted, and nothing counts across objects.
 */
final class FileCopy {
    /** A copy that takes longer is given up: soon its content would be removed, which has no name yet. */
    static final Duration MOST = Garbage.GRACE.minusMinutes(10);

    private final UserObjects user;

    FileCopy(UserObjects user) {
        this.user = user;
    }

    /** @throws RefusedException 402 when there is a file of that name which may not be replaced */
    void publish(FileObject from, Key to, boolean replace) throws IOException, RefusedException {
        UploadId id = user.parts().newId();
        StoredFile file = new StoredFile(
                to, from.file().size(), from.file().modified(), from.file().digests(), id.toString());
        if (from.segmented().isEmpty()) {
            user.files().publish(FileObject.inline(file, from.rest()), replace);
            return;
        }
        FileObject.Segmented old = from.segmented().get();
        String owner = new ContentOwner(user.names().user(), to, id).note();
        Instant begun = user.parts().now();
        user.parts().garbage().announce(new Garbage.Ticket(user.names().user(), to, id));
        for (SegmentName segment : from.segments()) {
            user.storage().copy(segment.in(old.id()), segment.in(id), owner);
        }
        if (begun.plus(MOST).isBefore(user.parts().now())) {
            throw new IOException("Copying \"" + from.file().key() + "\" took longer than " + MOST.toMinutes()
                    + " minutes, after which the copy counts as garbage; try again when the object storage is faster");
        }
        FileObject.Segmented own = new FileObject.Segmented(id, old.blockSize());
        user.files().publish(new FileObject(file, Optional.empty(), Optional.of(own), from.rest()), replace);
    }
}
