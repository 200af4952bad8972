package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.step.daemon.disk.FaultyDisk;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.UserData;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.SaveOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** A store in a real folder, on a disk that can be made to fail, with one user at hand. */
final class TestStore implements Closeable {
    static final UserName USER = new UserName("ann");

    private final FaultyDisk disk = new FaultyDisk(new RealDisk());
    private final Path root;
    private DiskStore store;

    TestStore(Path root) throws IOException {
        this.root = root;
        this.store = DiskStore.open(disk, root);
    }

    FaultyDisk disk() {
        return disk;
    }

    Path root() {
        return root;
    }

    DiskStore store() {
        return store;
    }

    UserFiles files() {
        return store.files(USER);
    }

    UserData data() {
        return store.data(USER);
    }

    void reopen() throws IOException {
        store.close();
        store = DiskStore.open(disk, root);
    }

    /** What a server finds that starts after this one was killed: the folder as it is now. */
    TestStore afterCrash(Path copy) throws IOException {
        copyFolder(root, copy);
        return new TestStore(copy);
    }

    static void copyFolder(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    /** What has just been removed behind is not there after a crash either. */
    private static void copy(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to);
        } catch (NoSuchFileException e) {
            System.out.println(from + " is being removed");
        }
    }

    /** A complete file of random bytes, in blocks of 100. */
    byte[] put(String key, int size) throws IOException, RefusedException {
        byte[] content = content(size);
        put(key, content);
        return content;
    }

    StoredFile put(String key, byte[] content) throws IOException, RefusedException {
        Upload upload = begin(key, content.length, 100);
        Optional<StoredFile> file = upload.published();
        for (int i = 0; i < upload.plan().totalBlocks(); i++) {
            file = write(upload, i, content);
        }
        return file.orElseThrow();
    }

    Upload begin(String key, long size, int blockSize) throws IOException, RefusedException {
        return files().begin(new UploadSpec(new Key(key), new BlockPlan(size, blockSize), SaveOptions.NONE));
    }

    /** Writes the block that the content has at this place. */
    static Optional<StoredFile> write(Upload upload, int index, byte[] content) throws IOException, RefusedException {
        return upload.write(DataBlock.of(index, block(upload, index, content)), Optional.empty());
    }

    static ByteBuffer block(Upload upload, int index, byte[] content) {
        return ByteBuffer.wrap(
                content, (int) upload.plan().offset(index), upload.plan().length(index));
    }

    static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    byte[] get(String key) throws IOException, RefusedException {
        try (OpenFile file = files().open(new Key(key))) {
            return readAll(file);
        }
    }

    static byte[] readAll(OpenFile file) throws IOException {
        ByteBuffer content = ByteBuffer.allocate((int) file.file().size());
        file.read(0, content);
        return content.array();
    }

    List<String> keys() throws IOException {
        return files().list(ListQuery.ALL).keys().stream().map(Key::text).toList();
    }

    /** The names of all files; looks again when the store has removed one meanwhile. */
    List<Path> everyFile() throws IOException {
        while (true) {
            try (Stream<Path> paths = Files.walk(root)) {
                return paths.filter(path -> !Files.isDirectory(path))
                        .map(root::relativize)
                        .sorted()
                        .toList();
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof NoSuchFileException)) {
                    throw e;
                }
            }
        }
    }

    static Digest md5(byte[] content) {
        return new Digest(
                DigestAlgorithm.MD5,
                java.util.HexFormat.of().formatHex(DigestAlgorithm.MD5.start().digest(content)));
    }

    static RefusedException assertRefused(Status status, Executable request) {
        RefusedException refusal = assertThrows(RefusedException.class, request);
        assertEquals(status, refusal.status(), refusal.getMessage());
        return refusal;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
