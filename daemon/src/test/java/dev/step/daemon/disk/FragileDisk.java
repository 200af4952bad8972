package dev.step.daemon.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A disk in memory that knows what was synced. The process that uses it can be stopped at any step; a step is whatever
 * changes the disk, or makes a change durable. It may be made or not, and of a write any part. Then either the next
 * process finds everything as it is, as after a kill; or the power is cut first, and what was not synced is lost, or not.
 *
 * <p>Safe for any number of threads. The same random numbers and the same steps lose the same bytes.
 */
public final class FragileDisk {
    private final Random random;
    private final FragileNames names = new FragileNames();
    private Process running;
    private long stepsLeft;

    /** An empty disk. */
    public FragileDisk(Random random) {
        this.random = random;
    }

    /** A process starts; this is the disk as it sees it, until it is stopped after so many steps. */
    public synchronized Disk start(long steps) {
        running = new Process();
        stepsLeft = steps;
        return running;
    }

    /** The process is to be stopped after so many more steps. */
    public synchronized void stopAfter(long steps) {
        stepsLeft = steps;
    }

    /** Stops the process now. */
    public synchronized void stop() {
        running = null;
    }

    public synchronized boolean isStopped() {
        return running == null;
    }

    /** Cuts the power, which stops the process, too. */
    public synchronized void losePower() {
        stop();
        names.losePower(random);
    }

    private interface Step {
        void run() throws IOException;
    }

    private interface Look<T> {
        T look() throws IOException;
    }

    private final class Process implements Disk {
        private final Set<Path> locked = new HashSet<>();

        private void step(Step step) throws IOException {
            step(step, () -> {
                if (random.nextBoolean()) {
                    step.run();
                }
            });
        }

        /** Does a step, or what happens instead when it is the last. */
        private void step(Step step, Step last) throws IOException {
            synchronized (FragileDisk.this) {
                checkRunning();
                if (stepsLeft-- > 0) {
                    step.run();
                    return;
                }
                last.run();
                stop();
                checkRunning();
            }
        }

        private <T> T look(Look<T> look) throws IOException {
            synchronized (FragileDisk.this) {
                checkRunning();
                return look.look();
            }
        }

        private void checkRunning() throws IOException {
            if (running != this) {
                throw new IOException("the process was stopped");
            }
        }

        @Override
        public Path openHome(Path folder) throws IOException {
            return look(() -> {
                names.makeHome(folder);
                return folder;
            });
        }

        @Override
        public PathKind kind(Path path) throws IOException {
            return look(() -> names.kind(path));
        }

        @Override
        public List<String> list(Path folder) throws IOException {
            return look(() -> names.list(folder));
        }

        @Override
        public void createFolder(Path folder) throws IOException {
            step(() -> names.createFolder(folder));
        }

        @Override
        public DiskFile create(Path file) throws IOException {
            step(() -> names.createFile(file));
            return openForWriting(file);
        }

        @Override
        public DiskFile openForWriting(Path file) throws IOException {
            return look(() -> new ProcessFile(names.bytes(file)));
        }

        @Override
        public DiskFile openForReading(Path file) throws IOException {
            return openForWriting(file);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            step(() -> names.rename(from, to));
        }

        @Override
        public void link(Path file, Path name) throws IOException {
            step(() -> names.link(file, name));
        }

        @Override
        public void deleteFile(Path file) throws IOException {
            step(() -> names.deleteFile(file));
        }

        @Override
        public boolean deleteFolder(Path folder) throws IOException {
            boolean[] deleted = {false};
            step(() -> deleted[0] = names.deleteFolder(folder));
            return deleted[0];
        }

        @Override
        public void syncFolder(Path folder) throws IOException {
            step(() -> names.syncFolder(folder));
        }

        @Override
        public long freeBytes(Path path) {
            return Long.MAX_VALUE;
        }

        @Override
        public Instant lastModified(Path file) {
            return Instant.EPOCH;
        }

        @Override
        public Optional<String> accessFault(Path path) {
            return Optional.empty(); // its files have no owners
        }

        @Override
        public void restoreAccess(Path path) {
            // nor rights
        }

        @Override
        public Optional<Closeable> lock(Path file) throws IOException {
            return look(() -> {
                if (names.kind(file) == PathKind.NOTHING) {
                    names.createFile(file);
                }
                return locked.add(file) ? Optional.of(() -> locked.remove(file)) : Optional.empty();
            });
        }

        private final class ProcessFile implements DiskFile {
            private final FragileBytes bytes;

            ProcessFile(FragileBytes bytes) {
                this.bytes = bytes;
            }

            @Override
            public int read(long position, ByteBuffer target) throws IOException {
                return look(() -> bytes.read(position, target));
            }

            @Override
            public void write(long position, ByteBuffer source) throws IOException {
                step(() -> bytes.write(position, source), () -> {
                    int part = random.nextInt(source.remaining() + 1);
                    bytes.write(position, source.slice(source.position(), part));
                });
            }

            @Override
            public void sync() throws IOException {
                step(bytes::sync);
            }

            @Override
            public long size() throws IOException {
                return look(() -> (long) bytes.length());
            }

            @Override
            public void truncate(long size) throws IOException {
                step(() -> bytes.truncate(size));
            }

            @Override
            public void close() {}
        }
    }
}
