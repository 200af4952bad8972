package dev.step.daemon.store.disk;

import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.WholeFile;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that came whole, each in a file of its own among the uploads, until they are synced and published together. */
final class DiskArrivals implements Arrivals {
    private final FileNames names;
    private final KeyIndex<DiskUpload> uploads;
    private final UserSpace space;
    private final StoreUploads shared;
    private final List<Arrived> arrived = new ArrayList<>();

    /** @param uploads the user's unfinished uploads, which end when a file of their key is published */
    DiskArrivals(FileNames names, KeyIndex<DiskUpload> uploads, UserSpace space, StoreUploads shared) {
        this.names = names;
        this.uploads = uploads;
        this.space = space;
        this.shared = shared;
    }

    @Override
    public void add(WholeFile file) throws IOException, RefusedException {
        if (!file.replace() && names.find(file.key()).isPresent()) {
            throw Refusals.exists(file.key());
        }
        Digest found = digest(file);
        if (!found.equals(file.expected())) {
            throw Refusals.otherContent(file.key(), found, file.expected());
        }
        int size = file.content().remaining();
        UploadFolder place = shared.folders().folder(shared.folders().newId());
        space.promise(place.id(), file.key(), size, uploads.get(file.key()).map(upload -> upload.header()
                .identity()
                .id()));
        boolean taken = false;
        try {
            DiskFile data = shared.files().writeWhole(place, file.content().duplicate());
            arrived.add(new Arrived(stored(file, size, place), place, data, file.replace()));
            taken = true;
        } finally {
            if (!taken) {
                shared.files().removeWhole(place);
                giveBack(place, size);
            }
        }
    }

    private static Digest digest(WholeFile file) {
        ContentDigest digest = new ContentDigest(file.expected().algorithm());
        digest.update(file.content().duplicate());
        return digest.finish();
    }

    private StoredFile stored(WholeFile file, long size, UploadFolder place) {
        Instant modified =
                file.modified().orElseGet(() -> shared.clock().instant().truncatedTo(ChronoUnit.MILLIS));
        return new StoredFile(
                file.key(), size, modified, List.of(file.expected()), place.id().toString());
    }

    @Override
    public int count() {
        return arrived.size();
    }

    @Override
    public List<Outcome> publish() {
        List<Arrived> files = List.copyOf(arrived);
        arrived.clear();
        List<@Nullable IOException> failures =
                shared.syncs().sync(files.stream().map(Arrived::data).toList());
        List<PendingFile> pending = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            PendingFile file = files.get(i).pending();
            pending.add(file);
            IOException failure = failures.get(i);
            if (failure != null) {
                file.failed(failure);
            }
        }
        names.publish(pending);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            outcomes.add(settled(files.get(i), pending.get(i)));
        }
        return outcomes;
    }

    private Outcome settled(Arrived file, PendingFile pending) {
        close(file);
        if (pending.isPublished()) {
            uploads.get(file.stored().key()).ifPresent(DiskUpload::discard);
        } else {
            shared.files().removeWhole(file.place());
        }
        return () -> {
            pending.check();
            return file.stored();
        };
    }

    private void giveBack(UploadFolder place, long size) {
        shared.space().adjust(-size);
        space.release(place.id());
    }

    private void close(Arrived file) {
        giveBack(file.place(), file.stored().size());
        try {
            file.data().close();
        } catch (IOException e) {
            return; // what matters is synced, or has failed already
        }
    }

    @Override
    public void close() {
        for (Arrived file : arrived) {
            close(file);
            shared.files().removeWhole(file.place());
        }
        arrived.clear();
    }

    /** A file that was written and not synced yet. */
    private record Arrived(StoredFile stored, UploadFolder place, DiskFile data, boolean replace) {
        PendingFile pending() {
            return PendingFile.whole(stored, place.whole(), replace);
        }
    }
}
