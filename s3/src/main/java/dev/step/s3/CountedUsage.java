package dev.step.s3;

import dev.step.daemon.store.Usage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a user has, counted now and then by looking at everything. In between, what this server changes is added to it; what others
 * change is found by the next count. What is on its way during a count may be counted twice, or not at all, until the next one. Safe
 * for any number of threads.
 */
final class CountedUsage {
    /** How old a count may be, if it did not take long. */
    static final Duration FRESH = Duration.ofSeconds(10);

    /** A count may be so many times as old as it took to make. */
    static final int SHARE_OF_TIME = 100;

    /** The same before something is refused. */
    static final int SHARE_OF_TIME_BEFORE_REFUSAL = 10;

    private final InstantSource clock;
    private final Counting counting;
    private final ReentrantLock turn = new ReentrantLock();
    /** Held for moments. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Counted counted;
    private Usage changes = Usage.NOTHING;

    CountedUsage(InstantSource clock, Counting counting) {
        this.clock = clock;
        this.counting = counting;
    }

    /** Looks at everything. */
    interface Counting {
        Usage count() throws IOException;
    }

    private record Counted(Usage usage, Instant begun, Duration taken) {
        boolean isOlder(Instant now, int timesItTook) {
            Duration most = taken.multipliedBy(timesItTook);
            return !begun.plus(most.compareTo(FRESH) > 0 ? most : FRESH).isAfter(now);
        }
    }

    /** What the user has, as far as this server knows. While one thread counts anew, others go by the last count. */
    Usage current() throws IOException {
        countIfOlder(SHARE_OF_TIME);
        return sum();
    }

    /**
     * Lets something come, or be removed, if what the user has then may be. Before that is refused, everything is counted
     * anew, rather soon: others may have removed what was counted.
     */
    boolean change(Usage by, Predicate<Usage> allowed) throws IOException {
        countIfOlder(SHARE_OF_TIME);
        if (changeIf(by, allowed)) {
            return true;
        }
        countIfOlder(SHARE_OF_TIME_BEFORE_REFUSAL);
        return changeIf(by, allowed);
    }

    private boolean changeIf(Usage by, Predicate<Usage> allowed) {
        lock.lock();
        try {
            boolean isAllowed = allowed.test(plus(sum(), by));
            if (isAllowed) {
                changes = plus(changes, by);
            }
            return isAllowed;
        } finally {
            lock.unlock();
        }
    }

    /** So much has come, or gone if it is negative. */
    void add(Usage by) {
        lock.lock();
        try {
            changes = plus(changes, by);
        } finally {
            lock.unlock();
        }
    }

    private static Usage plus(Usage one, Usage other) {
        return new Usage(one.files() + other.files(), one.bytes() + other.bytes());
    }

    private void countIfOlder(int timesItTook) throws IOException {
        if (counted() == null) {
            turn.lock();
        } else if (!isOlder(timesItTook) || !turn.tryLock()) {
            return;
        }
        try {
            if (isOlder(timesItTook)) {
                count();
            }
        } finally {
            turn.unlock();
        }
    }

    private boolean isOlder(int timesItTook) {
        Counted known = counted();
        return known == null || known.isOlder(clock.instant(), timesItTook);
    }

    private void count() throws IOException {
        Instant begun = clock.instant();
        Usage before = changes();
        Usage usage = counting.count();
        Duration taken = Duration.between(begun, clock.instant());
        lock.lock();
        try {
            counted = new Counted(usage, begun, taken);
            changes = new Usage(changes.files() - before.files(), changes.bytes() - before.bytes());
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Counted counted() {
        lock.lock();
        try {
            return counted;
        } finally {
            lock.unlock();
        }
    }

    private Usage changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    private Usage sum() {
        lock.lock();
        try {
            Usage base = counted == null ? Usage.NOTHING : counted.usage();
            return plus(base, changes);
        } finally {
            lock.unlock();
        }
    }
}
