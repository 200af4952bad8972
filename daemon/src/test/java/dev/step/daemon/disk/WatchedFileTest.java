package dev.step.daemon.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file says while it changes. */
final class WatchedFileTest {
    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsSeenByTheNextQuestion() throws IOException {
        PrivateFile file = new PrivateFile(folder.resolve("f"));
        WatchedFile<byte[]> watched =
                new WatchedFile<>(file.path(), () -> file.read().orElseThrow());
        for (byte i = 0; i < 20; i++) {
            file.write(new byte[] {i});
            assertEquals(i, watched.current()[0]);
        }
    }

    @Test
    void whatHasNotChangedIsReadOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "content");
        AtomicInteger reads = new AtomicInteger();
        WatchedFile<Integer> watched = new WatchedFile<>(file, reads::incrementAndGet);
        for (int i = 0; i < 3; i++) {
            assertEquals(1, watched.current());
            WatchedFile.awaitNoticed();
        }
    }

    @Test
    void fileThatCannotBeReadAnyMoreIsNotTakenForWhatItWas() throws IOException {
        PrivateFile file = new PrivateFile(folder.resolve("f"));
        WatchedFile<byte[]> watched =
                new WatchedFile<>(file.path(), () -> file.read().orElseThrow(IOException::new));
        file.write(new byte[] {1});
        assertEquals(1, watched.current()[0]);
        Files.delete(file.path());
        WatchedFile.awaitNoticed();
        for (int i = 0; i < 3; i++) {
            assertThrows(IOException.class, watched::current);
        }
    }
}
