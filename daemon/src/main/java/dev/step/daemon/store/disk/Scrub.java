package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.store.ScrubStatus;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Digest;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every complete file again and again, slowly, while the server runs, and compares it with its digest. One that is
 * damaged is taken out of the catalogue, so that nobody gets it, and its bytes go into quarantine. One that cannot be read
 * at all is only told: the disk may be back tomorrow.
 */
final class Scrub implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Scrub.class);
    /** A small store need not be read all the time. */
    private static final Duration PASS_EVERY = Duration.ofDays(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Disk disk;
    private final StorePaths paths;
    private final QuarantinedFiles quarantine;
    private final Function<UserName, FileNames> names;
    private final ScrubPace pace;
    private volatile ScrubStatus status = ScrubStatus.NOTHING;

    /** @param names the names of a user's files */
    Scrub(
            Disk disk,
            StorePaths paths,
            QuarantinedFiles quarantine,
            Function<UserName, FileNames> names,
            ScrubPace pace) {
        this.disk = disk;
        this.paths = paths;
        this.quarantine = quarantine;
        this.names = names;
        this.pace = pace;
    }

    /** What has been found since the store was opened. */
    ScrubStatus status() {
        return status;
    }

    /** Goes through the store until the pace says that it is enough. */
    @Override
    public void run() {
        try {
            while (true) {
                long begun = System.nanoTime();
                pass();
                pace.awaitSince(begun, PASS_EVERY);
            }
        } catch (InterruptedIOException e) {
            LOG.debug("Scrubbing has ended: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Scrubbing has met a bug, and goes on after a restart", e);
        }
    }

    /** Goes through the store once. */
    void pass() throws InterruptedIOException {
        ScrubStatus before = status;
        try {
            for (UserHomes.Home home : homes()) {
                scrub(home.user());
            }
            status = status.withPass();
            LOG.info(
                    "Scrubbed the store: {} files of {} bytes read, {} damaged",
                    status.files() - before.files(),
                    status.bytes() - before.bytes(),
                    status.damaged() - before.damaged());
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            LOG.error("Scrubbing failed, and goes on with the next pass", e);
        }
    }

    /** From another one on each time: a server that is restarted often must not read the same ones for ever. */
    private List<UserHomes.Home> homes() throws IOException {
        List<UserHomes.Home> homes =
                new ArrayList<>(UserHomes.in(disk, paths.users()).all());
        Collections.rotate(homes, RANDOM.nextInt());
        return homes;
    }

    private void scrub(UserName user) throws IOException {
        FileNames files = names.apply(user);
        for (CatalogueEntry entry : files.all()) {
            try {
                scrub(user, entry.file(), files);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                status = status.withUnreadable();
                LOG.error(
                        "The file \"{}\" of \"{}\" cannot be read: {}",
                        entry.file().key(),
                        user,
                        e.toString());
            }
        }
    }

    private void scrub(UserName user, StoredFile file, FileNames files) throws IOException {
        Optional<String> damage = damage(file, files);
        if (damage.isEmpty() || damage(file, files).isEmpty()) { // twice: what was read wrongly is not damaged
            status = status.withFile(file.size());
            return;
        }
        Optional<Path> kept = files.quarantine(file, quarantine, damage.get());
        if (kept.isPresent()) {
            status = status.withDamaged(file.size());
            LOG.error(
                    "The file \"{}\" of \"{}\" {}. It was taken out; its bytes are in {}",
                    file.key(),
                    user,
                    damage.get(),
                    kept.get());
        }
    }

    /** What makes a file's bytes others than those of the catalogue; nothing does if it has gone meanwhile. */
    private Optional<String> damage(StoredFile file, FileNames files) throws IOException {
        try (DiskOpenFile content = files.open(file.key()).orElse(null)) {
            if (content == null || !content.file().version().equals(file.version())) {
                return Optional.empty();
            }
            for (Digest expected : file.digests()) {
                Digest found = ContentReading.digest(content, expected.algorithm(), pace);
                if (!found.equals(expected)) {
                    return Optional.of("is damaged: its " + expected.algorithm().wireName() + " is " + found.hex()
                            + " instead of " + expected.hex());
                }
            }
            return Optional.empty();
        } catch (WrongSizeException e) {
            return Optional.of("is damaged: " + e.getMessage());
        } catch (NoSuchFileException e) {
            throw new IOException("it is missing; \"store check --repair\" takes it out", e);
        }
    }
}
