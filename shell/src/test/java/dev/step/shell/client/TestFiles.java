package dev.step.shell.client;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Random;

/** Files with content that is the same in every run. */
final class TestFiles {
    private TestFiles() {}

    static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    static String md5(byte[] content) {
        return digest(DigestAlgorithm.MD5, content).hex();
    }

    static Digest digest(DigestAlgorithm algorithm, byte[] content) {
        MessageDigest computation = algorithm.start();
        computation.update(content);
        return Digest.of(algorithm, computation);
    }

    static Path write(Path folder, String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }
}
