package dev.step.daemon.request;

import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.WholeFile;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import dev.step.protocol.message.BlockReceived;
import java.io.IOException;
import java.util.List;

/** Whole files of one user, which are published together when the answer to the first of them is wanted. */
final class WholeBatch {
    private final UserName user;
    private final Arrivals arrivals;
    private List<Arrivals.Outcome> outcomes = List.of();
    private boolean published;

    WholeBatch(UserName user, Arrivals arrivals) {
        this.user = user;
        this.arrivals = arrivals;
    }

    /** Whether there are files in it that are not published. */
    boolean isWaiting() {
        return !published && arrivals.count() > 0;
    }

    /** Whether another file of this user may come in addition. */
    boolean takes(UserName sender) {
        return !published && !arrivals.isFull() && user.equals(sender);
    }

    /** Takes a file. */
    PendingReply add(WholeFile file) throws IOException, RefusedException {
        int number = arrivals.count();
        arrivals.add(file);
        return new FileReply(number);
    }

    private List<Arrivals.Outcome> publish() {
        if (!published) {
            outcomes = arrivals.publish();
            published = true;
        }
        return outcomes;
    }

    /** The answer to one of them. */
    private final class FileReply implements PendingReply {
        private final int number;

        FileReply(int number) {
            this.number = number;
        }

        @Override
        public boolean isKnown() {
            return published;
        }

        @Override
        public Reply get() throws IOException, RefusedException {
            StoredFile file = publish().get(number).get();
            return new Reply("The file is uploaded.", new BlockReceived(file.key(), 0, file.digests()))
                    .after(Change.of(file.key(), file.size()));
        }

        /** Files that nobody was told of are forgotten. */
        @Override
        public void abandon() {
            arrivals.close();
        }
    }
}
