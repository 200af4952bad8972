package dev.step.s3;

import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UserFiles;
import dev.step.daemon.store.model.CrashClients;
import dev.step.daemon.store.model.MortalStore;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One user's clients, on one connection at a time, each of which may lead to another server. */
final class WireUser implements MortalStore, Closeable {
    /** Four blocks of the largest that are allowed. */
    private static final int MOST_BYTES = 4 << 20;

    private static final int REQUESTS_OF_A_CONNECTION = 4;

    private final InetSocketAddress servers;
    private final String name;
    private final ObjectStorage bucket;
    private final Random random;
    private final CrashClients clients;
    private @Nullable WireClient connection;
    private boolean isInDoubt = true;

    WireUser(String name, InetSocketAddress servers, ObjectStorage bucket, long seed) {
        this.name = name;
        this.servers = servers;
        this.bucket = bucket;
        this.random = new Random(seed);
        this.clients = new CrashClients(random, this, MOST_BYTES, false);
    }

    /** One request; or, when the last one was not answered, a look at what has come of it. False: not answered either. */
    boolean work() throws IOException {
        try {
            if (isInDoubt) {
                clients.check();
                isInDoubt = false;
            } else {
                clients.work();
            }
            return true;
        } catch (IOException e) {
            isInDoubt = true;
            close();
            return false;
        }
    }

    /** Nothing fails any more: everything is as it was answered, and what is unfinished can be completed. */
    void finish() throws IOException {
        clients.check();
        clients.finish();
        clients.check();
    }

    @Override
    public UserFiles files() throws IOException {
        if (random.nextInt(REQUESTS_OF_A_CONNECTION) == 0) {
            close();
        }
        if (connection == null) {
            connection = WireClient.connect(servers, name);
        }
        return new WireFiles(connection);
    }

    @Override
    public void awaitAnswer() {
        // it has come, over the connection
    }

    @Override
    public List<byte[]> received(Upload upload, List<Integer> blocks) throws IOException {
        return new UnfinishedBlocks(bucket).read(upload, blocks);
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
