package dev.step.daemon.journal;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks into the journals of a store, those in quarantine too, and tells in lines for a person what it found. Never
 * changes anything, and takes no lock: while a server has the store open, an upload may vanish, or look torn, meanwhile.
 */
public final class JournalInspector {
    private final Disk disk;
    private final Path uploads;
    private final Path quarantine;
    private final InstantSource clock;

    /** Looks into the store whose folder this is. */
    public JournalInspector(Disk disk, Path root, InstantSource clock) {
        this.disk = disk;
        this.uploads = root.resolve("uploads");
        this.quarantine = root.resolve("quarantine");
        this.clock = clock;
    }

    /** One line for each upload, below a line of titles. */
    public void list(Consumer<String> out) throws IOException {
        UploadTable table = new UploadTable(clock.instant());
        forEach(table::add);
        table.lines().forEach(out);
    }

    /**
     * An upload's header and records.
     *
     * @throws NoSuchFileException if the store has no journal of this upload
     */
    public void show(UploadId id, Consumer<String> out) throws IOException {
        Path folder = disk.kind(journal(uploads, id)) == PathKind.NOTHING ? quarantine : uploads;
        try (DiskFile file = disk.openForReading(journal(folder, id))) {
            new JournalDump(out).print(file, id);
        }
    }

    private static Path journal(Path folder, UploadId id) {
        return folder.resolve(id.toString()).resolve("journal");
    }

    /**
     * Verifies every journal, and every block that one says was received against the data file; a line for each upload.
     *
     * @return whether all is well; a torn tail is
     */
    public boolean check(Consumer<String> out) throws IOException {
        Tally tally = new Tally();
        forEach(upload -> tally.add(checked(upload), out));
        out.accept("uploads: " + tally.uploads + ", damaged: " + tally.damaged);
        return tally.damaged == 0;
    }

    /** The uploads, but for those in quarantine, that are not what was written. */
    public List<DamagedUpload> damaged() throws IOException {
        List<DamagedUpload> damaged = new ArrayList<>();
        forEach(uploads, false, upload -> {
            Verdict verdict = checked(upload);
            if (!verdict.good()) {
                damaged.add(new DamagedUpload(upload.folder(), verdict.words()));
            }
        });
        return damaged;
    }

    /** Looks twice before it calls an upload damaged: a server may just have published it. */
    private Verdict checked(InspectedUpload upload) {
        Verdict first = verdict(upload);
        return first.good()
                ? first
                : verdict(InspectedUpload.of(disk, upload.id(), upload.folder(), upload.inQuarantine()));
    }

    private Verdict verdict(InspectedUpload upload) {
        String differences = upload.isDamaged() ? "" : differences(upload);
        boolean good = !upload.isDamaged() && differences.isEmpty();
        return new Verdict(good, upload.id(), (good ? "good: " : "") + upload.state() + differences);
    }

    /** What is wrong with the data, to be added to the state; empty if nothing is. */
    private String differences(InspectedUpload upload) {
        Optional<JournalContents> found = upload.journal().contents();
        if (found.isEmpty()) {
            return "";
        }
        try {
            return differences(upload, found.get());
        } catch (IOException e) {
            return "; damaged: the data cannot be read: " + e;
        }
    }

    private String differences(InspectedUpload upload, JournalContents contents) throws IOException {
        boolean published = contents.blocks().isComplete() && disk.kind(upload.data()) == PathKind.NOTHING;
        if (published || contents.blocks().count() == 0) {
            return "";
        }
        try (DiskFile data = disk.openForReading(upload.data())) {
            BitSet differing = new BlockCheck(contents.header().plan(), contents.blocks()).differing(data);
            return differing.isEmpty()
                    ? ""
                    : "; damaged: in the data, " + differing.cardinality() + " of "
                            + contents.blocks().count() + " blocks are not as received: "
                            + BlockCheck.ranges(differing);
        }
    }

    private void forEach(Consumer<InspectedUpload> action) throws IOException {
        forEach(uploads, false, action);
        forEach(quarantine, true, action);
    }

    private void forEach(Path folder, boolean inQuarantine, Consumer<InspectedUpload> action) throws IOException {
        if (disk.kind(folder) != PathKind.FOLDER) {
            return; // made when it is needed
        }
        for (String name : disk.list(folder).stream().sorted().toList()) {
            Optional<UploadId> id = UploadId.parse(name);
            Path path = folder.resolve(name);
            if (id.isPresent() && disk.kind(path) == PathKind.FOLDER) { // a file of one block has none, nor a journal
                action.accept(InspectedUpload.of(disk, id.get(), path, inQuarantine));
            }
        }
    }

    /**
     * An upload that is not what was written.
     *
     * @param words in words for the admin
     */
    public record DamagedUpload(Path folder, String words) {}

    /** What a check says of one upload. */
    private record Verdict(boolean good, UploadId id, String words) {}

    /** How many uploads were checked. */
    private static final class Tally {
        private int uploads;
        private int damaged;

        private void add(Verdict verdict, Consumer<String> out) {
            uploads++;
            damaged += verdict.good() ? 0 : 1;
            out.accept(verdict.id() + ": " + verdict.words());
        }
    }
}
