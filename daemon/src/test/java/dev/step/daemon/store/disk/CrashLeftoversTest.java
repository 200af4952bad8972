package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.step.daemon.store.Upload;
import dev.step.protocol.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What crashes can leave behind, found by {@link CrashTest} and made by hand here. */
class CrashLeftoversTest {
    @TempDir
    private Path folder;

    @Test
    void longerBytesOfADeletedFileDoNotEndUpInTheNextOne() throws Exception {
        try (TestStore store = new TestStore(folder.resolve("store"))) {
            byte[] content = TestStore.content(250);
            store.put("other", 10);
            Upload upload = store.begin("k", content.length, 100);
            TestStore.write(upload, 0, content);
            Path root = store.root();
            Files.delete(root.resolve("uploads").resolve(upload.id()).resolve("data"));
            Files.write(root.resolve("users/ann/files/k"), new byte[1_000]);

            store.reopen();
            Upload again = store.files().upload(new Key("k"), Optional.empty());
            for (int index = 0; index < again.plan().totalBlocks(); index++) {
                TestStore.write(again, index, content);
            }

            assertArrayEquals(content, store.get("k"));
        }
    }
}
