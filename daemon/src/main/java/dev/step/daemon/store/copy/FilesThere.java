package dev.step.daemon.store.copy;

import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.FileDetail;
import dev.step.protocol.message.FileList;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of one user that the target has, asked for in the order of keys: so a page of them at a time is enough. */
final class FilesThere {
    private static final int PAGE = 1_000;

    private final UserFiles files;
    private Iterator<FileDetail> page = List.<FileDetail>of().iterator();
    private Optional<String> after = Optional.empty();
    private boolean isLastPage;
    private @Nullable FileDetail current;

    FilesThere(UserFiles files) {
        this.files = files;
    }

    /** What the target has of this key, which is none before that of the call before. */
    Optional<FileDetail> find(Key key) throws IOException {
        while (current == null || current.key().compareTo(key) < 0) {
            if (!page.hasNext() && isLastPage) {
                return Optional.empty();
            }
            if (page.hasNext()) {
                current = page.next();
            } else {
                turnPage();
            }
        }
        return Optional.of(current).filter(file -> file.key().equals(key));
    }

    private void turnPage() throws IOException {
        FileList list = files.list(new ListQuery("", Optional.empty(), after, PAGE, true));
        page = list.details().orElseThrow().iterator();
        after = list.after();
        isLastPage = after.isEmpty();
    }

    /** Whether what {@link #find} has found has the same size and digest. */
    boolean isSame(FileDetail there, FileDetail file) throws IOException {
        return there.size() == file.size() && (!Collections.disjoint(there.digests(), file.digests()) || hasSame(file));
    }

    /** Whether there is such a file now; computes its digest where only another one is known. */
    boolean hasSame(FileDetail file) throws IOException {
        if (file.digests().isEmpty()) {
            return false;
        }
        Digest digest = file.digests().get(0);
        try {
            StoredFile there = files.find(file.key());
            return there.size() == file.size()
                    && files.digest(there, digest.algorithm()).equals(digest);
        } catch (RefusedException e) {
            return false; // it is gone, or another by now
        }
    }
}
