package dev.step.daemon.store.copy;

import dev.step.daemon.journal.ShownText;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What has become of everything: tells of what could not be copied, and now and then how far it is, and counts. */
public final class CopyReport {
    private static final long PROGRESS_NANOS = Duration.ofSeconds(10).toNanos();

    private final Consumer<String> lines;
    private final LongSupplier nanos;
    private long toldAt;

    private long files;
    private long bytes;
    private long values;
    private long skipped;
    private long failed;
    private long unfinished;

    /**
     * Counts from nothing.
     *
     * @param lines takes a line for each thing that could not be copied, and one every ten seconds
     * @param nanos a clock that is never set, in nanoseconds
     */
    public CopyReport(Consumer<String> lines, LongSupplier nanos) {
        this.lines = lines;
        this.nanos = nanos;
        this.toldAt = nanos.getAsLong();
    }

    void file(long size) {
        files++;
        bytes += size;
        progress();
    }

    void value() {
        values++;
        progress();
    }

    /** The target has the same already. */
    void skipped() {
        skipped++;
        progress();
    }

    void failed(UserName user, Key key, String reason) {
        failed++;
        tell("user " + ShownText.of(user.text()) + ", key " + ShownText.of(key.text()) + ": not copied: " + reason);
    }

    void unfinished(long uploads) {
        unfinished = uploads;
    }

    void tell(String line) {
        lines.accept(line);
    }

    private void progress() {
        long now = nanos.getAsLong();
        if (now - toldAt >= PROGRESS_NANOS) {
            toldAt = now;
            tell("so far: " + counts());
        }
    }

    /** Whether everything is in the target. */
    public boolean isGood() {
        return failed == 0;
    }

    /** All that was counted, in one line. */
    public String summary() {
        return counts() + ", unfinished uploads, which are not copied: " + unfinished;
    }

    private String counts() {
        return "files: " + files + " of " + bytes + " bytes, values: " + values + ", skipped: " + skipped + ", failed: "
                + failed;
    }
}
