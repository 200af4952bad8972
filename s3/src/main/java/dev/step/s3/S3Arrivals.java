package dev.step.s3;

import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.WholeFile;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Files that came whole: each becomes one object, and those that came together are written together. */
final class S3Arrivals implements Arrivals {
    /** They wait in memory: with more bytes than this, they are published before another one comes. */
    private static final int MOST_BYTES = 8 << 20;

    private final UserObjects user;
    private final UserRoom room;
    private final Discarding uploads;
    private final List<Arrived> arrived = new ArrayList<>();
    private int bytes;

    S3Arrivals(UserObjects user, UserRoom room, Discarding uploads) {
        this.user = user;
        this.room = room;
        this.uploads = uploads;
    }

    /** Ends the unfinished uploads of a key of which a file came whole. */
    interface Discarding {
        void discard(Key key) throws IOException;
    }

    private record Arrived(FileObject object, boolean replace) {
        Key key() {
            return object.file().key();
        }
    }

    @Override
    public void add(WholeFile file) throws IOException, RefusedException {
        byte[] content = new byte[file.content().remaining()];
        file.content().duplicate().get(content);
        Digest found = SharedView.digest(content, file.expected().algorithm());
        if (!found.equals(file.expected())) {
            throw Refusals.otherContent(file.key(), found, file.expected());
        }
        room.check(file.key(), content.length);
        StoredFile stored = new StoredFile(
                file.key(),
                content.length,
                file.modified().orElseGet(user.parts()::now),
                List.of(found),
                user.parts().newId().toString());
        arrived.add(new Arrived(FileObject.inline(stored, content), file.replace()));
        bytes += content.length;
    }

    @Override
    public int count() {
        return arrived.size();
    }

    @Override
    public boolean isFull() {
        return arrived.size() == MOST
                || bytes >= MOST_BYTES
                || (!arrived.isEmpty() && user.parts().room().isScarce());
    }

    @Override
    public List<Outcome> publish() {
        List<Arrived> files = List.copyOf(arrived);
        close();
        boolean areOfDifferentKeys = files.stream().map(Arrived::key).distinct().count() == files.size();
        return areOfDifferentKeys
                ? publishTogether(files)
                : files.stream().map(this::publish).toList();
    }

    private List<Outcome> publishTogether(List<Arrived> files) {
        List<Callable<Outcome>> work = new ArrayList<>();
        files.forEach(file -> work.add(() -> publish(file)));
        try {
            return user.parts().together().all(work);
        } catch (IOException e) {
            throw new IllegalStateException("failures are outcomes", e);
        }
    }

    private Outcome publish(Arrived file) {
        try {
            user.files().publish(file.object(), file.replace());
            uploads.discard(file.key());
            return () -> file.object().file();
        } catch (RefusedException e) {
            return () -> {
                throw e;
            };
        } catch (IOException e) {
            return () -> {
                throw e;
            };
        }
    }

    @Override
    public void close() {
        arrived.clear();
        bytes = 0;
    }
}
