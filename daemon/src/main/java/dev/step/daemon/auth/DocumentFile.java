package dev.step.daemon.auth;

import dev.step.daemon.disk.PrivateFile;
import dev.step.daemon.disk.WatchedFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A document in a file. When an edit returns, every question that comes later, to any process, sees it. */
public final class DocumentFile implements SharedDocument {
    private final PrivateFile file;

    public DocumentFile(Path file) {
        this.file = new PrivateFile(file);
    }

    @Override
    public String place() {
        return file.path().toString();
    }

    @Override
    public Optional<byte[]> read() throws IOException {
        return file.read();
    }

    @Override
    public void edit(Edit edit) throws IOException {
        try (Closeable lock = file.lock()) {
            Optional<byte[]> changed = edit.changed(file.read());
            if (changed.isPresent()) {
                file.write(changed.get());
            }
        }
    }

    @Override
    public <T> Known<T> known(Reader<T> reader) {
        WatchedFile<T> watched = new WatchedFile<>(file.path(), () -> reader.read(file.read()));
        return new Known<>() {
            @Override
            public T current() throws IOException {
                return watched.current();
            }

            @Override
            public void lookAgain() {
                // what is known is never older than any change that was answered
            }
        };
    }
}
