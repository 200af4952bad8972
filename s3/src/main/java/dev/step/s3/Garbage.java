package dev.step.s3;

import com.google.gson.JsonObject;
import dev.step.daemon.journal.UploadId;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Segments that nobody needs any more. Before the last name of a content goes, a ticket is written that says where the content
 * is; after a while any server takes the ticket, looks whether the content has a name all the same, and removes it if not. With it
 * goes the {@link Reservation} that a deleted file has left.
 */
final class Garbage {
    private static final Logger LOG = LoggerFactory.getLogger(Garbage.class);
    /** How long content stays for those who are reading it, and for servers whose last segment of it is on its way. */
    static final Duration GRACE = Duration.ofHours(1);

    /** A reservation that was made with the ticket, or before, is at least as old when the grace is over. */
    private static final Duration FORGOTTEN = GRACE.dividedBy(2);

    private final ObjectStorage storage;
    private final InstantSource clock;

    Garbage(ObjectStorage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** The content of a file or an upload of this user and key. */
    record Ticket(UserName user, Key key, UploadId content) {
        private String file() {
            return new ObjectNames(user).file(key);
        }

        private byte[] encode() {
            JsonObject fields = new JsonObject();
            fields.addProperty("user", user.text());
            fields.addProperty("key", key.text());
            fields.addProperty("content", content.toString());
            return JsonLine.write(fields, new byte[0]);
        }

        private static Ticket read(String name, byte[] bytes) throws IOException {
            JsonLine line = JsonLine.read(name, bytes);
            try {
                return new Ticket(
                        new UserName(line.text("user")),
                        new Key(line.text("key")),
                        UploadId.parse(line.text("content")).orElseThrow());
            } catch (RuntimeException e) { // Gson and the checks of what is read each have their own
                throw new DamagedObjectException(name, e);
            }
        }
    }

    /** This content may soon have no name any more. */
    void announce(Ticket ticket) throws IOException {
        storage.create(name(clock.instant(), ticket.content().toString()), ticket.encode());
    }

    /** Tickets are in the order in which they were written; of one content there may be several. */
    private static String name(Instant time, String content) {
        return String.format(Locale.ROOT, "%s%015d-%s", ObjectNames.GARBAGE, time.toEpochMilli(), content);
    }

    /** Removes what has been garbage for longer than the grace. */
    void collect() throws IOException {
        String youngest = name(clock.instant().minus(GRACE), "");
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            ObjectStorage.Page page =
                    storage.list(ObjectStorage.Range.of(ObjectNames.GARBAGE).startingAfter(next.get()));
            for (ObjectStorage.Entry entry : page.entries()) {
                if (entry.name().compareTo(youngest) >= 0) {
                    return;
                }
                collectUnlessDamaged(entry.name());
            }
            next = page.last();
        }
    }

    private void collectUnlessDamaged(String ticket) throws IOException {
        try {
            collect(ticket);
        } catch (DamagedObjectException e) {
            LOG.warn("{}, so the ticket {} and what it names stay", e.getMessage(), ticket);
        }
    }

    private void collect(String name) throws IOException {
        Optional<ObjectStorage.Content> content = storage.get(name);
        if (content.isEmpty()) {
            return; // another server was faster
        }
        Ticket ticket = Ticket.read(name, content.get().bytes());
        if (!isNeeded(ticket)) {
            int segments = removeSegments(ticket.content());
            removeReservation(ticket);
            LOG.info("Removed {} segments of what was {}", segments, ticket.content());
        }
        storage.delete(name);
    }

    /** Removes what a deleted file, or an upload that came to nothing, has left of its name. */
    private void removeReservation(Ticket ticket) throws IOException {
        String file = ticket.file();
        Optional<ObjectStorage.Content> there = storage.get(file, 0, FileObject.MAX_LINE_BYTES);
        if (there.isPresent()
                && Reservation.isOne(there.get().bytes())
                && there.get().modified().plus(FORGOTTEN).isBefore(clock.instant())) {
            storage.delete(file, there.get());
        }
    }

    private int removeSegments(UploadId id) throws IOException {
        int removed = 0;
        for (ObjectStorage.Entry segment : Listings.all(storage, ObjectStorage.Range.of(ObjectNames.content(id)))) {
            storage.delete(segment.name());
            removed++;
        }
        return removed;
    }

    /** Whether the content is an upload's that goes on, or a file's: looked up in this order, as one becomes the other. */
    boolean isNeeded(Ticket ticket) throws IOException {
        return isOfAnUpload(ticket) || isOfTheFile(ticket);
    }

    private boolean isOfAnUpload(Ticket ticket) throws IOException {
        return new UploadRecords(new ObjectNames(ticket.user()), storage)
                .of(ticket.key()).stream()
                        .anyMatch(upload -> upload.record().id().equals(ticket.content()));
    }

    /** Whether the content is that of the file of this key. */
    boolean isOfTheFile(Ticket ticket) throws IOException {
        String file = ticket.file();
        Optional<ObjectStorage.Content> there = storage.get(file, 0, FileObject.MAX_LINE_BYTES);
        return there.isPresent()
                && !Reservation.isOne(there.get().bytes())
                && FileObject.read(file, there.get().bytes())
                        .segmented()
                        .filter(where -> where.id().equals(ticket.content()))
                        .isPresent();
    }
}
