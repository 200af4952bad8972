package dev.step.shell.client;

import com.google.gson.JsonObject;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.frame.Json;
import dev.step.protocol.message.DownloadPlan;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What has arrived of a download, beside its target, so that it can be renamed when it is complete:
 *
 * <pre>
 *   .NAME.part        the first bytes of the content; its length says how many
 *   .NAME.part.plan   of which content, for its owner's eyes only:
 *                     {"key":"k","version":"…","size":123,"md5":"…"}
 * </pre>
 *
 * What another process has left counts only with exactly the plan that the server gives now, and is hashed again before the
 * rest is fetched. While it is open it is locked: a second download to the same target is refused.
 */
final class PartFile implements Closeable {
    private static final String PART = ".part";
    private static final String PLAN = ".plan";
    private static final int LONGEST_NAME_BYTES = 255;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<OpenOption> EXISTING =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path target;
    private final Path part;
    private final Path plan;
    private final FileChannel channel;
    private final boolean foundOther;

    private PartFile(Path target, FileChannel channel, boolean foundOther) {
        this.target = target;
        this.part = partOf(target);
        this.plan = planOf(part);
        this.channel = channel;
        this.foundOther = foundOther;
    }

    /** Opens what there is of this content, or begins anew. */
    static PartFile open(Path target, DownloadPlan wanted) throws IOException, ClientException {
        Path part = partOf(target);
        boolean foundOther = false;
        if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
            FileChannel found = lock(target, FileChannel.open(part, EXISTING));
            if (wanted.version().isPresent() && isPartOf(part, wanted)) {
                return new PartFile(target, found, false);
            }
            foundOther = found.size() > 0 && Files.exists(planOf(part));
            found.close();
        }
        return new PartFile(target, begin(target, part, wanted), foundOther);
    }

    private static FileChannel begin(Path target, Path part, DownloadPlan wanted) throws IOException, ClientException {
        Path plan = planOf(part);
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new ClientException(Problem.NOT_FOUND, folder + ": no such folder");
        }
        if (folder != null && !Files.isWritable(folder)) {
            throw new AccessDeniedException(folder.toString());
        }
        Files.deleteIfExists(plan);
        Files.deleteIfExists(part);
        FileChannel channel = lock(target, FileChannel.open(part, NEW));
        if (wanted.version().isPresent()) {
            try (FileChannel file = FileChannel.open(plan, NEW, ownerOnly(plan))) {
                file.write(ByteBuffer.wrap(encode(wanted)));
            }
        }
        return channel;
    }

    private static FileChannel lock(Path target, FileChannel channel) throws IOException, ClientException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // by this process, then
        }
        channel.close();
        throw new ClientException(Problem.LOCAL_FILE, target + " is being fetched already; wait for that to end");
    }

    /** A plan that others could have written, or beside somebody else's file, is none. */
    private static boolean isPartOf(Path part, DownloadPlan wanted) throws IOException {
        Path plan = planOf(part);
        byte[] expected = encode(wanted);
        return Files.isRegularFile(plan, LinkOption.NOFOLLOW_LINKS)
                && Files.size(plan) == expected.length
                && (!isPosix(plan)
                        || (Files.getPosixFilePermissions(plan).equals(OWNER_ONLY)
                                && Files.getOwner(plan).equals(Files.getOwner(part, LinkOption.NOFOLLOW_LINKS))))
                && Arrays.equals(Files.readAllBytes(plan), expected);
    }

    private static byte[] encode(DownloadPlan plan) {
        JsonObject fields = new JsonObject();
        fields.addProperty("key", plan.key().text());
        fields.addProperty("version", plan.version().orElse(""));
        fields.addProperty("size", plan.blocks().size());
        plan.digests().forEach(digest -> fields.addProperty(digest.algorithm().fieldName(), digest.hex()));
        return Json.encode(fields);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Open for reading and writing. */
    FileChannel channel() {
        return channel;
    }

    /** Whether there was an unfinished download of something else, which is gone now. */
    boolean foundOther() {
        return foundOther;
    }

    /** Gives the content its name, and the time at which it was last changed where it came from. */
    void publish(Optional<Instant> modified) throws IOException {
        if (modified.isPresent()) {
            Files.setLastModifiedTime(part, FileTime.from(modified.get()));
        }
        Files.deleteIfExists(plan); // first: a plan without its part would stay for ever
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what has arrived. */
    void discard() {
        try {
            Files.deleteIfExists(plan);
            Files.deleteIfExists(part);
        } catch (IOException e) {
            return; // what matters was said already
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Path planOf(Path part) {
        return part.resolveSibling(part.getFileName() + PLAN);
    }

    /** A name that would become too long is replaced by its digest. */
    private static Path partOf(Path target) {
        String name = String.valueOf(target.getFileName());
        String part = "." + name + PART;
        boolean tooLong = Key.utf8Length(part + PLAN) > LONGEST_NAME_BYTES;
        return target.resolveSibling(tooLong ? "." + Digest.md5Hex(name) + PART : part);
    }
}
