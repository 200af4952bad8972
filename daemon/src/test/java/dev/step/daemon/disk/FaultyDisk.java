package dev.step.daemon.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A disk on which chosen steps fail, as a full or a broken one does. A step is anything that changes the disk. A write
 * that fails has written half of its bytes. Syncs only count as steps: no test cuts the power, and they take long.
 */
public final class FaultyDisk extends ForwardingDisk {
    /** What can fail. */
    public enum Step {
        CREATE_FOLDER,
        CREATE,
        WRITE,
        SYNC,
        TRUNCATE,
        RENAME,
        LINK,
        DELETE_FILE,
        DELETE_FOLDER,
        SYNC_FOLDER
    }

    /** Looks on, or makes the step fail, or wait. */
    public interface Watcher {
        void before(Step step, Path path) throws IOException;
    }

    private final List<Step> steps = Collections.synchronizedList(new ArrayList<>());
    private volatile Watcher watcher = (step, path) -> {};
    private volatile int firstFailing = Integer.MAX_VALUE;
    private volatile int lastFailing = Integer.MAX_VALUE;
    private volatile boolean closingFails;

    public FaultyDisk(Disk disk) {
        super(disk);
    }

    /** The steps since the last call of a method that says what fails. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Nothing fails from now on. */
    public void heal() {
        fail(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** The step after so many others fails, and no other. */
    public void failOnce(int after) {
        fail(after, after);
    }

    /** The step after so many others fails, and every one after it. */
    public void failFrom(int after) {
        fail(after, Integer.MAX_VALUE - 1);
    }

    private void fail(int first, int last) {
        steps.clear();
        firstFailing = first;
        lastFailing = last;
    }

    /** Files that are open are closed, and it is said that they were not; until this is called with false. */
    public void failClosing(boolean fails) {
        closingFails = fails;
    }

    public void watch(Watcher newWatcher) {
        watcher = newWatcher;
    }

    private void step(Step step, Path path) throws IOException {
        int number = steps.size();
        steps.add(step);
        if (number >= firstFailing && number <= lastFailing) {
            throw new IOException("No space left on device (step " + number + ", " + step + ")");
        }
        watcher.before(step, path);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        step(Step.CREATE_FOLDER, folder);
        super.createFolder(folder);
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        step(Step.CREATE, file);
        return new FaultyFile(super.create(file), file);
    }

    @Override
    public DiskFile openForWriting(Path file) throws IOException {
        return new FaultyFile(super.openForWriting(file), file);
    }

    @Override
    public DiskFile openForReading(Path file) throws IOException {
        return new FaultyFile(super.openForReading(file), file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step(Step.RENAME, to);
        super.rename(from, to);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        step(Step.LINK, name);
        super.link(file, name);
    }

    @Override
    public void deleteFile(Path file) throws IOException {
        step(Step.DELETE_FILE, file);
        super.deleteFile(file);
    }

    @Override
    public boolean deleteFolder(Path folder) throws IOException {
        step(Step.DELETE_FOLDER, folder);
        return super.deleteFolder(folder);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        step(Step.SYNC_FOLDER, folder);
    }

    private final class FaultyFile extends ForwardingFile {
        private final Path path;

        FaultyFile(DiskFile file, Path path) {
            super(file);
            this.path = path;
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            try {
                step(Step.WRITE, path);
            } catch (IOException e) {
                super.write(position, source.slice(source.position(), source.remaining() / 2));
                throw e;
            }
            super.write(position, source);
        }

        @Override
        public void sync() throws IOException {
            step(Step.SYNC, path);
        }

        @Override
        public void truncate(long size) throws IOException {
            step(Step.TRUNCATE, path);
            super.truncate(size);
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (closingFails) {
                throw new IOException("Input/output error");
            }
        }
    }
}
