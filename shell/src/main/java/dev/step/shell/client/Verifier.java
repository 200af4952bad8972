package dev.step.shell.client;

import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import java.nio.file.Path;

/** Compares local files with what the server says about its own. */
public final class Verifier {
    private final RemoteFiles remote;
    private final LocalDigest local;

    public Verifier(Session session) {
        this.remote = new RemoteFiles(session);
        this.local = new LocalDigest(session);
    }

    /**
     * Compares by size and digest.
     *
     * @return what both have
     * @throws ClientException {@link Problem#DIFFERENT}, or {@link Problem#NOT_FOUND} when one side has none
     */
    public RemoteFile verify(Path file, Key key, Meter meter) throws ClientException {
        long size = LocalFiles.size(file);
        meter.expect(size);
        RemoteFile there = remote.describe(key);
        if (there.size() != size) {
            throw different(file, key, size + " B here, " + there.size() + " B there");
        }
        Digest here = local.of(file, there.digest().algorithm(), meter);
        if (!there.isSameAs(size, here)) {
            throw different(
                    file,
                    key,
                    here.algorithm() + " " + here.hex() + " here, "
                            + there.digest().hex() + " there");
        }
        return there;
    }

    /**
     * Compares the server's digest with one that is known from elsewhere.
     *
     * @throws ClientException {@link Problem#DIFFERENT}, or {@link Problem#NOT_FOUND} when there is no such key
     */
    public RemoteFile verify(Digest expected, Key key) throws ClientException {
        RemoteFile there = remote.describe(key, expected.algorithm());
        if (!there.digest().equals(expected)) {
            throw new ClientException(
                    Problem.DIFFERENT,
                    "key " + key + " differs: " + expected.algorithm() + " "
                            + there.digest().hex() + ", not " + expected.hex());
        }
        return there;
    }

    private static ClientException different(Path file, Key key, String how) {
        return new ClientException(Problem.DIFFERENT, file + " differs from key " + key + ": " + how);
    }
}
