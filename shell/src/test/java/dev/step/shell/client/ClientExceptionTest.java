package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the system says about a local file, in words for people. */
class ClientExceptionTest {
    private static final Path FILE = Path.of("f");

    @Test
    void aFullDiskIsNoSpace() {
        assertLocal(
                Problem.NO_SPACE,
                "f: No space left on device; make room, and do it again",
                new IOException("No space left on device"));
        assertLocal(
                Problem.NO_SPACE,
                "f: Disk quota exceeded; make room, and do it again",
                new FileSystemException("f", null, "Disk quota exceeded"));
    }

    @Test
    void whatIsWrongWithAFileIsSaidWithoutNamesOfClasses() {
        assertLocal(Problem.NOT_FOUND, "g: no such file or folder", new NoSuchFileException("g"));
        assertLocal(Problem.LOCAL_FILE, "g: permission denied", new AccessDeniedException("g"));
        assertLocal(Problem.LOCAL_FILE, "f: not a text in UTF-8", new MalformedInputException(1));
        assertLocal(Problem.LOCAL_FILE, "f: Is a directory", new IOException("Is a directory"));
    }

    private static void assertLocal(Problem problem, String message, IOException cause) {
        ClientException e = ClientException.local(FILE, cause);
        assertEquals(problem, e.problem());
        assertEquals(message, e.getMessage());
    }
}
