package dev.step.shell.bench;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Downloader;
import dev.step.shell.client.LocalDigest;
import dev.step.shell.client.Meter;
import dev.step.shell.client.Session;
import dev.step.shell.client.TransferOptions;
import dev.step.shell.client.Uploader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Moves a file and says how long that took. What has to be there before, and removed after, does not count. */
final class Transfers {
    private final Workspace workspace;
    private final ServerKeys keys;
    private final Map<Payload, Key> stored = new ConcurrentHashMap<>();

    Transfers(Workspace workspace, ServerKeys keys) {
        this.workspace = workspace;
        this.keys = keys;
    }

    /** Sees to it that the server has this from now on, and says under which key. For one thread. */
    Key store(Session session, Payload payload) throws ClientException {
        Key known = stored.get(payload);
        if (known != null) {
            return known;
        }
        Key key = keys.newFile();
        new Uploader(session, TransferOptions.DEFAULT).put(workspace.file(payload), key, false, Meter.NONE);
        stored.put(payload, key);
        return key;
    }

    /** Sends the case's file. In nanoseconds. */
    long put(Session session, BenchCase what) throws ClientException {
        Uploader uploader = new Uploader(session, options(what));
        Path file = workspace.file(what.payload());
        Key key = keys.newFile();
        long start = System.nanoTime();
        uploader.put(file, key, false, Meter.NONE);
        long nanos = System.nanoTime() - start;
        keys.removeFile(session, key);
        return nanos;
    }

    /**
     * Fetches the case's file, which is {@linkplain #store stored} already. In nanoseconds.
     *
     * @param client tells it from others that do the same now
     */
    long get(Session session, BenchCase what, int client) throws ClientException {
        Downloader downloader = new Downloader(session, options(what));
        Key key = store(session, what.payload());
        Path target = workspace.target(client);
        long start = System.nanoTime();
        downloader.get(key, target, false, Meter.NONE);
        long nanos = System.nanoTime() - start;
        workspace.discard(target);
        return nanos;
    }

    /** Reads and hashes the case's file as a transfer does, without a transfer. In nanoseconds. */
    long read(Session session, BenchCase what) throws ClientException {
        LocalDigest digest = new LocalDigest(session);
        Path file = workspace.file(what.payload());
        long start = System.nanoTime();
        digest.of(file, session.digest(), Meter.NONE);
        return System.nanoTime() - start;
    }

    private static TransferOptions options(BenchCase what) {
        return new TransferOptions(OptionalInt.of(what.connections()), Optional.empty());
    }
}
