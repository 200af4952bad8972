package dev.step.s3;

import dev.step.daemon.journal.UploadId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds contents that nothing names, for which no ticket was written, or one too early: a server leaves them that was stopped for
 * longer than the {@link Garbage#GRACE} between two steps of something. They get a ticket. So they are looked at once more an hour
 * later, and removed, like all other {@link Garbage}.
 *
 * <p>Nothing is lost, whatever goes on at the same time, because a content that is found without a name gets none later:
 *
 * <ul>
 *   <li>An upload's record is there before its first segment, and until its file is, or until it is discarded. A record that is
 *       gone does not come back, and no file is published but from a record that is there: of two looks, first for the
 *       record and then for the file, one finds what goes on. An id is never used for another upload.
 *   <li>A copy, and so a MOVE, has no record: its content has no name until it is published. But {@link FileCopy} gives up after
 *       less than the grace, and what has changed within {@link #OLD} is not looked at.
 *   <li>A file that is replaced or deleted loses its content for good.
 * </ul>
 *
 * <p>One server at a time does a small step, one request after the other. Two that do the same one, as one of them was stopped,
 * write two tickets: this does no harm. Uploads in parts, of which something could be left, are never begun here.
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final String NAME = "sweep";
    /** What has changed later is left to those who work on it. */
    static final Duration OLD = Duration.ofDays(1);
    /** In one step, in pages of a listing. */
    private static final int MOST_LISTS = 5;

    private final SharedParts parts;
    private final Garbage garbage;
    private final String server = ManagementFactory.getRuntimeMXBean().getName();

    Sweep(SharedParts parts) {
        this.parts = parts;
        this.garbage = parts.garbage();
    }

    /** Does a step, if one is due and no other server does it. */
    void step() throws IOException {
        Optional<ObjectStorage.Content> found = parts.storage().get(NAME);
        SweepProgress before = found.isPresent() ? progress(found.get()) : SweepProgress.NONE;
        if (!before.isDue(parts.now())) {
            return;
        }
        SweepProgress mine = before.taken(server, parts.now());
        Optional<String> tag = found.isPresent()
                ? parts.storage().replace(NAME, found.get().tag(), mine.encode())
                : parts.storage().create(NAME, mine.encode());
        if (tag.isPresent()) {
            SweepProgress done = look(mine);
            parts.storage().replace(NAME, tag.get(), done.encode());
            if (done.after().isEmpty()) {
                LOG.info(
                        "Since {} all contents were looked at: nothing names {} of them",
                        done.begun(),
                        done.announced());
            }
        }
    }

    private static SweepProgress progress(ObjectStorage.Content content) throws IOException {
        try {
            return SweepProgress.read(NAME, content.bytes());
        } catch (DamagedObjectException e) {
            LOG.warn("{}, so all contents are looked at from the first", e.getMessage());
            return SweepProgress.NONE;
        }
    }

    private SweepProgress look(SweepProgress from) throws IOException {
        Optional<String> next = from.after();
        Map<UploadId, Found> contents = new LinkedHashMap<>();
        for (int i = 0; i < MOST_LISTS && next.isPresent(); i++) {
            ObjectStorage.Page page = parts.storage()
                    .list(ObjectStorage.Range.of(ObjectNames.CONTENT).startingAfter(next.get()));
            for (ObjectStorage.Entry entry : page.entries()) {
                ObjectNames.contentId(entry.name()).ifPresent(id -> contents.merge(id, Found.of(entry), Found::and));
            }
            next = page.last();
        }
        Instant youngest = parts.now().minus(OLD);
        long announced = 0;
        for (Map.Entry<UploadId, Found> content : contents.entrySet()) {
            if (content.getValue().changed().isBefore(youngest)
                    && announceIfKnownUnnamed(
                            content.getKey(), content.getValue().segment())) {
                announced++;
            }
        }
        return from.advanced(announced, next);
    }

    private boolean announceIfKnownUnnamed(UploadId content, String segment) throws IOException {
        try {
            return announceIfUnnamed(content, segment);
        } catch (DamagedObjectException e) {
            LOG.warn("{}, so the content {} stays", e.getMessage(), content);
            return false;
        }
    }

    /** @param segment one of the content's */
    private boolean announceIfUnnamed(UploadId content, String segment) throws IOException {
        Optional<ContentOwner> owner =
                parts.storage().owner(segment).flatMap(note -> ContentOwner.parse(note, content));
        if (owner.isEmpty()) {
            return false; // gone meanwhile, or written by a server that did not note it: nobody can look for its name
        }
        Garbage.Ticket ticket =
                new Garbage.Ticket(owner.get().user(), owner.get().key(), content);
        boolean isUnnamed = !garbage.isOfTheFile(ticket) && !garbage.isNeeded(ticket); // the former of almost all
        if (isUnnamed) {
            LOG.info("Nothing names the content {} of what was \"{}\"", content, ticket.key());
            garbage.announce(ticket);
        }
        return isUnnamed;
    }

    /**
     * Of a content, as far as it was listed.
     *
     * @param segment one of its objects
     * @param changed when the last one was written
     */
    private record Found(String segment, Instant changed) {
        static Found of(ObjectStorage.Entry entry) {
            return new Found(entry.name(), entry.modified());
        }

        Found and(Found other) {
            return new Found(segment, changed.isAfter(other.changed) ? changed : other.changed);
        }
    }
}
