package dev.step.daemon.request;

import dev.step.protocol.Status;
import java.util.List;

/** Is told of every request that is answered, on the connection's thread. Safe for any number of threads. */
public interface RequestObserver {
    /** Looks away. */
    RequestObserver NONE = new RequestObserver() {
        @Override
        public void answered(RequestKind kind, Status status, long nanos) {}

        @Override
        public void changed(ChangeReport report) {}
    };

    /**
     * A request was answered. It may have been one of the many that carry a block: this has to cost next to nothing.
     *
     * @param status what the answer means; an old client may have been told {@link Status#forOldPeers} of it
     * @param nanos from when its JSON had been read until the answer was handed to the system, its block included
     */
    void answered(RequestKind kind, Status status, long nanos);

    /** The request that was just answered has changed what is stored, or who may, or was refused to. */
    void changed(ChangeReport report);

    /** Tells all of these. */
    static RequestObserver all(List<RequestObserver> observers) {
        List<RequestObserver> fixed = List.copyOf(observers);
        return new RequestObserver() {
            @Override
            public void answered(RequestKind kind, Status status, long nanos) {
                for (int i = 0; i < fixed.size(); i++) { // without an iterator for every block
                    fixed.get(i).answered(kind, status, nanos);
                }
            }

            @Override
            public void changed(ChangeReport report) {
                fixed.forEach(observer -> observer.changed(report));
            }
        };
    }
}
