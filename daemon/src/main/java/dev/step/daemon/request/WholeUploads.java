package dev.step.daemon.request;

import dev.step.daemon.auth.Caller;
import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.Store;
import dev.step.daemon.store.WholeFile;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.UploadWhole;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole files that a connection has sent one after the other and that are not answered yet: they are published together,
 * before anything else is answered, or waited for. For the connection's own thread.
 */
public final class WholeUploads implements Closeable {
    private final List<Unanswered> unanswered = new ArrayList<>();
    private @Nullable Arrivals arrivals;

    /** A request that was taken, and who sent it. */
    record Unanswered(Exchange exchange, UploadWhole request, Caller caller) {}

    /** What has become of a request. */
    record Answered(Exchange exchange, UploadWhole request, Arrivals.Outcome outcome) {}

    /** Whether this one has to wait until those that were taken before are answered. */
    boolean mustSettleBefore(Caller caller) {
        Arrivals open = arrivals;
        return open != null
                && !unanswered.isEmpty()
                && (open.isFull() || !unanswered.get(0).caller().user().equals(caller.user()));
    }

    /** Takes a file. */
    void add(Unanswered one, WholeFile file, Store store) throws IOException, RefusedException {
        Arrivals open = arrivals;
        if (open == null) {
            open = store.files(one.caller().user()).arrivals();
            arrivals = open;
        }
        open.add(file);
        unanswered.add(one);
    }

    /** Whether there are any. */
    public boolean isEmpty() {
        return unanswered.isEmpty();
    }

    /** Publishes them, in their order. */
    List<Answered> publish() {
        Arrivals open = arrivals;
        if (open == null || unanswered.isEmpty()) {
            return List.of();
        }
        List<Arrivals.Outcome> outcomes = open.publish();
        List<Answered> answered = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Unanswered one = unanswered.get(i);
            answered.add(new Answered(one.exchange(), one.request(), outcomes.get(i)));
        }
        unanswered.clear();
        arrivals = null;
        return answered;
    }

    /** Forgets those that were not published. */
    @Override
    public void close() {
        Arrivals open = arrivals;
        if (open != null) {
            open.close();
        }
    }
}
