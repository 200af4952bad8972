package dev.step.shell.client;

import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.message.DeleteFile;
import dev.step.protocol.message.DownloadPlan;
import dev.step.protocol.message.FileList;
import dev.step.protocol.message.FileStatus;
import dev.step.protocol.message.FileVerified;
import dev.step.protocol.message.GetFile;
import dev.step.protocol.message.KeyAnswer;
import dev.step.protocol.message.ListFiles;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.MoveFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The user's files on the server. */
public final class RemoteFiles {
    /** The most keys that are kept in memory at once. */
    private static final int MOST_KEYS = 1_000_000;

    /** A server whose disk is slower than this is taken for one that does not answer. */
    private static final long SLOWEST_DISK_BYTES_PER_SECOND = 10_000_000;

    private final Session session;

    public RemoteFiles(Session session) {
        this.session = session;
    }

    /** What the server says about one file, with the digest that the session compares by. */
    public RemoteFile describe(Key key) throws ClientException {
        return describe(key, session.digest());
    }

    /** The same with a digest that an old server may not know. */
    RemoteFile describe(Key key, DigestAlgorithm algorithm) throws ClientException {
        OldServers.checkKey(session, key);
        GetFile request = new GetFile(key, OptionalInt.empty(), asked(algorithm));
        return RemoteFile.of(session.ask(key, request, DownloadPlan::read), algorithm);
    }

    /** How a digest is asked for: the core's goes without saying, so that old servers understand. */
    static Optional<DigestAlgorithm> asked(DigestAlgorithm algorithm) {
        return Optional.of(algorithm).filter(name -> name != DigestAlgorithm.MD5);
    }

    /**
     * Has the server read a file again.
     *
     * @return what it has read
     * @throws ClientException {@link Problem#DIFFERENT} when that is no longer what it once stored
     */
    public RemoteFile readAgain(Key key) throws ClientException {
        OldServers.checkStatus(session);
        RemoteFile stored = describe(key);
        Duration reading = Duration.ofSeconds(stored.size() / SLOWEST_DISK_BYTES_PER_SECOND);
        FileStatus request =
                new FileStatus(key, true, Optional.of(stored.digest().algorithm()));
        FileVerified verified = Session.read(session.exchanges().exchange(request, reading), FileVerified::read);
        if (!verified.intact() || !verified.found().equals(stored.digest())) {
            throw new ClientException(
                    Problem.DIFFERENT,
                    "key " + key + " is damaged on the server: it reads "
                            + stored.digest().algorithm() + " "
                            + verified.found().hex() + ", and stored "
                            + stored.digest().hex()
                            + "; verify --repair sends it again");
        }
        return stored;
    }

    /** Removes a file, or an unfinished upload. */
    public void delete(Key key) throws ClientException {
        OldServers.checkKey(session, key);
        session.ask(key, new DeleteFile(key, false), KeyAnswer::read);
    }

    /** Gives a file another key; of that key there must be none, unless it may be replaced. */
    public void move(Key from, Key to, boolean replace) throws ClientException {
        relocate(new MoveFile(from, to, replace, false));
    }

    /** Gives a copy of a file that key; of which there must be none, unless it may be replaced. */
    public void copy(Key from, Key to, boolean replace) throws ClientException {
        relocate(new MoveFile(from, to, replace, true));
    }

    private void relocate(MoveFile request) throws ClientException {
        OldServers.checkMove(session);
        try {
            session.ask(request.key(), request, KeyAnswer::read);
        } catch (ClientException e) {
            throw e.problem() == Problem.EXISTS ? exists(request.to()) : e;
        }
    }

    private static ClientException exists(Key key) {
        return new ClientException(Problem.EXISTS, "key " + key + " exists on the server; --replace replaces it");
    }

    /**
     * One page of the files.
     *
     * @param detail whether sizes, times and digests are wanted
     * @param folders whether keys with a further slash are shown as folders
     * @param after where to start; empty for the first page
     */
    public FileList list(String prefix, boolean folders, boolean detail, Optional<String> after)
            throws ClientException {
        OldServers.checkList(session);
        Optional<String> delimiter = folders ? Optional.of("/") : Optional.empty();
        ListQuery query = new ListQuery(prefix, delimiter, after, Limits.MAX_LIST_KEYS, detail);
        FileList page = session.ask(new ListFiles(query), FileList::read);
        checkProgress(after, page.after());
        return page;
    }

    /** Every key that begins so, in their order. */
    public List<Key> keys(String prefix) throws ClientException {
        List<Key> keys = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            FileList page = list(prefix, false, false, after);
            page.keys().stream().filter(key -> key.text().startsWith(prefix)).forEach(keys::add);
            if (keys.size() > MOST_KEYS) {
                throw new ClientException(
                        Problem.UNSUPPORTED,
                        "more than " + MOST_KEYS + " keys begin with \"" + prefix + "\"; name fewer");
            }
            after = page.after();
        } while (after.isPresent());
        return keys;
    }

    /** A server whose pages lead nowhere would keep us for ever. */
    static void checkProgress(Optional<String> after, Optional<String> next) throws ClientException {
        if (after.isPresent() && next.isPresent() && Key.compareUtf8(next.get(), after.get()) <= 0) {
            throw ClientException.badAnswer("the listing goes in circles");
        }
    }
}
